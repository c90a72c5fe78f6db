package org.hipsnode.serve.snapshot;

import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.properties.SurveyProperties;

/**
 * A survey that is served.
 *
 * @param path where, without slashes at the ends, such as {@code planck/co}
 * @param folder its folder, links resolved
 * @param hasIndexPage whether the folder has an index.html of its own
 * @param release its files; empty for one that is only described
 * @param visibility what its properties say of who may see it
 */
public record ServedSurvey(
        String path,
        Path folder,
        SurveyProperties properties,
        boolean hasIndexPage,
        Optional<Release> release,
        Visibility visibility) {

    /** Describes a survey with its files. */
    public ServedSurvey(
            String path, Path folder, SurveyProperties properties, boolean hasIndexPage, Optional<Release> release) {
        this(path, folder, properties, hasIndexPage, release, Visibility.of(properties));
    }

    /** Describes a survey without opening it. */
    public ServedSurvey(String path, Path folder, SurveyProperties properties, boolean hasIndexPage) {
        this(path, folder, properties, hasIndexPage, Optional.empty());
    }

    /** Tells whether only some may see the survey. */
    public boolean isPrivate() {
        return visibility.isPrivate();
    }

    /** Tells whether a status is there at all. */
    boolean saysWhoMaySee() {
        return visibility.isSaid();
    }

    /** Tells whether {@link #checkup} has its result at hand. */
    public boolean isChecked() {
        return release.isEmpty() || release.get().isChecked();
    }

    /** Returns what a check finds; of the files too, where they are here. */
    public Checkup checkup() {
        return release.map(Release::checkup).orElseGet(() -> Checkup.ofKeywords(properties.list()));
    }

    /** Returns what to call it. */
    public String title() {
        return properties.title().or(properties::creatorDid).orElse(path);
    }
}
