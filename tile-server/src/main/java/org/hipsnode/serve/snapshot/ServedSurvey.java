package org.hipsnode.serve.snapshot;

import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.properties.SurveyProperties;

/**
 * A survey that is served.
 *
 * @param path where, without slashes at the ends, such as {@code planck/co}
 * @param folder its folder, links resolved
 * @param hasIndexPage whether the folder has an index.html of its own
 * @param release its files; empty for one that is only described
 */
public record ServedSurvey(
        String path, Path folder, SurveyProperties properties, boolean hasIndexPage, Optional<Release> release) {

    /** Describes a survey without opening it. */
    public ServedSurvey(String path, Path folder, SurveyProperties properties, boolean hasIndexPage) {
        this(path, folder, properties, hasIndexPage, Optional.empty());
    }

    /** A status that cannot be read may have meant private: what was published by mistake cannot be taken back. */
    public boolean isPrivate() {
        String status = properties.list().value("hips_status").orElse("");
        return HipsStatus.parse(status).visibility() == HipsStatus.Visibility.PRIVATE
                || HipsStatus.isVisibilityDoubtful(status);
    }

    /** Returns what to call it. */
    public String title() {
        return properties.title().or(properties::creatorDid).orElse(path);
    }
}
