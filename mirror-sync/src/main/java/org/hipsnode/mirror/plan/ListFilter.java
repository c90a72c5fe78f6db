package org.hipsnode.mirror.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FileName;

/** Chooses surveys of a HiPS list by their keywords: each condition is a keyword and a pattern with {@code *} and {@code ?}. */
public final class ListFilter {
    private final List<Condition> conditions;

    private record Condition(String keyword, Pattern value) {}

    private ListFilter(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /** Reads conditions such as {@code client_category=Image/Radio/*}; refuses one without {@code =}. */
    public static ListFilter parse(List<String> texts) {
        List<Condition> conditions = new ArrayList<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("expected keyword=pattern, found '" + text + "'");
            }
            conditions.add(new Condition(
                    text.substring(0, equals).trim(),
                    pattern(text.substring(equals + 1).trim())));
        }
        return new ListFilter(conditions);
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        glob.codePoints().forEach(c -> {
            if (c == '*') {
                regex.append(".*");
            } else {
                regex.append(c == '?' ? "." : Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    /** Tells whether a survey's record fits all conditions, each by any of the keyword's values. */
    public boolean accepts(HipsProperties survey) {
        return conditions.stream()
                .allMatch(c -> survey.values(c.keyword).stream()
                        .anyMatch(value -> c.value.matcher(value).matches()));
    }

    /**
     * Returns the folder for a survey below that of all, from its id: {@code ivo://CDS/P/DSS2/color} lies in
     * {@code CDS/P/DSS2/color}; empty if its id makes no names of folders.
     */
    public static Optional<String> folder(HipsProperties survey) {
        return survey.value("creator_did")
                .map(id -> id.replaceFirst("(?i)^ivo://", "").replace('?', '/').replaceAll("/+", "/"))
                .map(name -> name.replaceFirst("/$", ""))
                .filter(FileName::isValid)
                .filter(name -> !name.startsWith("."));
    }
}
