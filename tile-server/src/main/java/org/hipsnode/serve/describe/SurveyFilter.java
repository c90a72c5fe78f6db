package org.hipsnode.serve.describe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.serve.snapshot.ServedSurvey;

/**
 * Which surveys are wanted, as the query of an address says; whatever is empty is any.
 *
 * @param words that must all be somewhere in title, description, id, path or category
 */
public record SurveyFilter(String words, String mission, String regime, String frame, String type) {
    private static final int LONGEST_QUERY = 2000;
    private static final List<String> SEARCHED =
            List.of("obs_title", "obs_collection", "obs_description", "creator_did", "client_category", "obs_regime");

    /** Reads the query of an address; what is not understood is left out, and a query that is too long is none. */
    public static SurveyFilter ofQuery(Optional<String> query) {
        String text = query.filter(q -> q.length() <= LONGEST_QUERY).orElse("");
        return new SurveyFilter(
                value(text, "q"),
                value(text, "mission"),
                value(text, "regime"),
                value(text, "frame"),
                value(text, "type"));
    }

    private static String value(String query, String key) {
        return Arrays.stream(query.split("&"))
                .filter(part -> part.startsWith(key + "="))
                .findFirst()
                .map(part -> decode(part.substring(key.length() + 1)).strip())
                .orElse("");
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return ""; // a percent sign that encodes nothing
        }
    }

    /** Returns the surveys that are wanted, in their order. */
    public List<ServedSurvey> of(List<ServedSurvey> surveys) {
        return surveys.stream().filter(this::wants).toList();
    }

    boolean wants(ServedSurvey survey) {
        Kind kind = Kind.of(survey.properties());
        return isAny(mission, kind.mission().stream())
                && isAny(regime, kind.regimes().stream())
                && isAny(frame, Stream.of(kind.frame()))
                && isAny(type, Stream.of(kind.type()))
                && holdsWords(survey);
    }

    private static boolean isAny(String wanted, Stream<String> values) {
        return wanted.isEmpty() || values.anyMatch(wanted::equalsIgnoreCase);
    }

    private boolean holdsWords(ServedSurvey survey) {
        if (words.isEmpty()) {
            return true;
        }
        String text = searched(survey);
        return Arrays.stream(words.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(text::contains);
    }

    private static String searched(ServedSurvey survey) {
        HipsProperties list = survey.properties().list();
        return Stream.concat(Stream.of(survey.path()), SEARCHED.stream().flatMap(key -> list.values(key).stream()))
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
    }
}
