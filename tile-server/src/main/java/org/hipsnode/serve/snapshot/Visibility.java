package org.hipsnode.serve.snapshot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.properties.SurveyProperties;

/**
 * Who may see a survey, by its {@code hips_status}.
 *
 * @param isPrivate whether only some may: any status says so, or cannot be read. It may have meant that then, and what was
 *     published by mistake cannot be taken back
 * @param isSaid whether a status is there at all
 */
record Visibility(boolean isPrivate, boolean isSaid) {
    private static final String STATUS = "hips_status";

    static Visibility of(SurveyProperties properties) {
        List<String> statuses = statuses(properties.list());
        return new Visibility(statuses.stream().anyMatch(Visibility::mayMeanPrivate), !statuses.isEmpty());
    }

    /** Returns all that is written in the place of a status, an empty text for what cannot be read as one. */
    private static List<String> statuses(HipsProperties list) {
        Stream<String> odd = list.keys().stream()
                .filter(key -> (key.equals(STATUS) && list.values(key).isEmpty()) || isMisspelt(key))
                .map(key -> "");
        Stream<String> stray = list.strayLines().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).contains(STATUS))
                .map(line -> "");
        return Stream.of(list.values(STATUS).stream(), odd, stray)
                .flatMap(all -> all)
                .toList();
    }

    private static boolean isMisspelt(String key) {
        return key.equalsIgnoreCase(STATUS) && !key.equals(STATUS);
    }

    private static boolean mayMeanPrivate(String status) {
        return status.isBlank()
                || HipsStatus.visibilities(status).contains(HipsStatus.Visibility.PRIVATE)
                || HipsStatus.isVisibilityDoubtful(status);
    }
}
