package org.hipsnode.serve.snapshot;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hipsnode.properties.HipsProperties;
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
    private static final String STATUS = "hips_status";

    /** Describes a survey without opening it. */
    public ServedSurvey(String path, Path folder, SurveyProperties properties, boolean hasIndexPage) {
        this(path, folder, properties, hasIndexPage, Optional.empty());
    }

    /**
     * Tells whether only some may see the survey: any status says so, or cannot be read. It may have meant that then, and what
     * was published by mistake cannot be taken back.
     */
    public boolean isPrivate() {
        return statuses().anyMatch(ServedSurvey::mayMeanPrivate);
    }

    /** Tells whether a status is there at all. */
    boolean saysWhoMaySee() {
        return statuses().findAny().isPresent();
    }

    /** Returns all that is written in the place of a status, an empty text for what cannot be read as one. */
    private Stream<String> statuses() {
        HipsProperties list = properties.list();
        Stream<String> odd = list.keys().stream()
                .filter(key -> (key.equals(STATUS) && list.values(key).isEmpty()) || isMisspelt(key))
                .map(key -> "");
        Stream<String> stray = list.strayLines().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).contains(STATUS))
                .map(line -> "");
        return Stream.of(list.values(STATUS).stream(), odd, stray).flatMap(all -> all);
    }

    private static boolean isMisspelt(String key) {
        return key.equalsIgnoreCase(STATUS) && !key.equals(STATUS);
    }

    private static boolean mayMeanPrivate(String status) {
        return status.isBlank()
                || HipsStatus.visibilities(status).contains(HipsStatus.Visibility.PRIVATE)
                || HipsStatus.isVisibilityDoubtful(status);
    }

    /** Returns what to call it. */
    public String title() {
        return properties.title().or(properties::creatorDid).orElse(path);
    }
}
