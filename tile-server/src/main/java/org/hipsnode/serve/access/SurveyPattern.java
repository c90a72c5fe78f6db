package org.hipsnode.serve.access;

import java.util.Optional;
import org.hipsnode.serve.snapshot.ServedSurvey;

/**
 * Names surveys by path or id: one, or with {@code *} at its end all that begin so.
 *
 * @param text such as {@code planck/co}, {@code planck/*}, {@code ivo://CDS/P/*} or {@code *}
 */
public record SurveyPattern(String text) {
    /** What is expected where a pattern is; for messages. */
    public static final String EXPECTED =
            "a survey's path such as planck/co, its id such as ivo://CDS/P/co, or the start of one with '*' at its end";

    /** Reads a pattern; empty if it is none, or could never match. */
    public static Optional<SurveyPattern> parse(String text) {
        String start = text.endsWith("*") ? text.substring(0, text.length() - 1) : text;
        boolean possible = !text.isEmpty()
                && !text.startsWith("/")
                && (text.startsWith("ivo://") || !text.endsWith("/"))
                && start.indexOf('*') < 0
                && text.chars().noneMatch(Character::isISOControl);
        return possible ? Optional.of(new SurveyPattern(text)) : Optional.empty();
    }

    boolean matches(ServedSurvey survey) {
        return matches(survey.path())
                || survey.properties().creatorDid().filter(this::matches).isPresent();
    }

    /** Tells whether a survey may be at a path, by that alone. */
    public boolean matchesPath(String path) {
        return matches(path);
    }

    private boolean matches(String name) {
        return text.endsWith("*") ? name.startsWith(text.substring(0, text.length() - 1)) : name.equals(text);
    }
}
