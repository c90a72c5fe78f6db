package org.hipsnode.node.plan;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hipsnode.node.state.PastRun;

/**
 * What is to be done about a survey that a node makes.
 *
 * @param why in words
 * @param from what it would be made from, by names for people
 */
public record SurveyStep(DeclaredSurvey survey, Action action, String why, Map<String, String> from) {
    /** How the names of ingredients begin among what is noted of a run. */
    private static final String FROM = "from ";

    /** What is done. */
    public enum Action {
        MAKE,
        NOTHING,
        /** It cannot be made as it is declared. */
        REFUSE;

        /** Returns the word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SurveyStep {
        from = Map.copyOf(from);
    }

    /**
     * Decides.
     *
     * @param here whether there is a survey at its place
     * @param now what it would be made from
     * @param published its last run that published a release; empty if none did
     * @param last its last run
     */
    static SurveyStep decide(
            DeclaredSurvey survey,
            boolean here,
            Map<String, String> now,
            Optional<PastRun> published,
            Optional<PastRun> last) {
        String why;
        if (!here) {
            why = "nothing is here yet";
        } else if (published.isEmpty()) {
            why = "nothing tells what it was made from";
        } else {
            Optional<String> change = Ingredients.change(ingredients(published.get()), now);
            if (change.isEmpty()) {
                return new SurveyStep(survey, Action.NOTHING, "nothing has changed", now);
            }
            why = change.get();
        }
        return new SurveyStep(
                survey, Action.MAKE, why + last.map(SurveyStep::before).orElse(""), now);
    }

    /** Returns that it cannot be made after all. */
    public SurveyStep refused(String reason) {
        return new SurveyStep(survey, Action.REFUSE, reason, from);
    }

    private static String before(PastRun last) {
        return switch (last.result()) {
            case "failed" -> "; the last run failed";
            case PastRun.KILLED -> "; the last run was killed";
            case "stopped" -> "; the last run was stopped";
            default -> "";
        };
    }

    private static Map<String, String> ingredients(PastRun run) {
        Map<String, String> found = new TreeMap<>();
        run.texts().forEach((name, value) -> {
            if (name.startsWith(FROM)) {
                found.put(name.substring(FROM.length()), value);
            }
        });
        return found;
    }

    /** Returns what is noted of a run so that the next can be decided. */
    public static Map<String, String> noted(Map<String, String> ingredients) {
        Map<String, String> facts = new TreeMap<>();
        ingredients.forEach((name, value) -> facts.put(FROM + name, value));
        return facts;
    }
}
