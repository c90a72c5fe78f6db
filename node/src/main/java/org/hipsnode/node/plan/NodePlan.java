package org.hipsnode.node.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.mirror.push.PushPlan;

/**
 * All that a node would do now.
 *
 * @param surveys those that it makes
 * @param mirrors its copies
 * @param pushes to other nodes
 * @param removals releases that are too many
 * @param partners who are told of each release that is published
 * @param undeclared paths of surveys that were made here and are declared no more: they stay as they are
 */
public record NodePlan(
        List<Survey> surveys,
        List<Copy> mirrors,
        List<Delivery> pushes,
        List<Removal> removals,
        List<String> partners,
        List<String> undeclared) {

    public NodePlan {
        surveys = List.copyOf(surveys);
        mirrors = List.copyOf(mirrors);
        pushes = List.copyOf(pushes);
        removals = List.copyOf(removals);
        partners = List.copyOf(partners);
        undeclared = List.copyOf(undeclared);
    }

    /**
     * A survey that is made here.
     *
     * @param estimate of what there is to do; empty if that is nothing, or cannot be told
     */
    public record Survey(SurveyStep step, Optional<Estimate> estimate) {}

    /**
     * A copy.
     *
     * @param from address of the survey that is copied
     * @param why there is something to do, or what is in the way
     * @param work what there is to do; empty if the source could not be asked
     */
    public record Copy(String path, String from, String why, Optional<Work> work) {}

    /**
     * What there is to do for a copy.
     *
     * @param asked files that the source is asked about
     * @param seconds at the pace of the last run, or that of a usual server
     */
    public record Work(long files, long bytes, long asked, long deleted, double seconds) {
        /** Tells whether all stays as it is. */
        public boolean isNothing() {
            return files == 0 && asked == 0 && deleted == 0;
        }
    }

    /**
     * A survey that is to be at another node.
     *
     * @param to address that it has there
     * @param difference what the other node lacks, as far as it was asked
     */
    public record Delivery(String path, String to, PushStep step, Optional<PushPlan.Difference> difference) {}

    /** A release that goes once the next is published, or at once. */
    public record Removal(String path, int release, String why) {}

    /** Tells whether a survey cannot be made as it is declared, another node could not be asked, or something is in the way there. */
    public boolean hasProblems() {
        return surveys.stream().anyMatch(survey -> survey.step().action() == SurveyStep.Action.REFUSE)
                || mirrors.stream().anyMatch(copy -> copy.work().isEmpty())
                || pushes.stream().anyMatch(push -> push.step().action() == PushStep.Action.REFUSE);
    }

    /** Returns the plan as named values, for programs. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("surveys", surveys.stream().map(NodePlan::values).toList());
        values.put("mirrors", mirrors.stream().map(NodePlan::values).toList());
        values.put("pushes", pushes.stream().map(NodePlan::values).toList());
        List<Map<String, Object>> removed = new ArrayList<>();
        for (Removal removal : removals) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("path", removal.path());
            one.put("release", removal.release());
            one.put("why", removal.why());
            removed.add(one);
        }
        values.put("removals", removed);
        values.put("told", partners);
        values.put("undeclared", undeclared);
        return values;
    }

    private static Map<String, Object> values(Survey survey) {
        SurveyStep step = survey.step();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("path", step.survey().path());
        values.put("definition", step.survey().definition());
        values.put("action", step.action().word());
        values.put("why", step.why());
        survey.estimate().ifPresent(estimate -> {
            values.put("fetch", estimate.fetch());
            values.put("fetch-bytes", estimate.fetchBytes());
            estimate.bytes().ifPresent(bytes -> values.put("bytes", bytes));
            estimate.seconds().ifPresent(seconds -> values.put("seconds", seconds));
            values.put("facts", estimate.facts());
        });
        return values;
    }

    private static Map<String, Object> values(Delivery push) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("path", push.path());
        values.put("to", push.to());
        values.put("action", push.step().action().word());
        values.put("why", push.step().why());
        push.difference().ifPresent(difference -> {
            values.put("send", difference.send().files());
            values.put("bytes", difference.send().bytes());
            values.put("keep", difference.keep().files());
            values.put("drop", difference.drop());
        });
        return values;
    }

    private static Map<String, Object> values(Copy copy) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("path", copy.path());
        values.put("from", copy.from());
        values.put("why", copy.why());
        copy.work().ifPresent(work -> {
            values.put("fetch", work.files());
            values.put("bytes", work.bytes());
            values.put("ask", work.asked());
            values.put("delete", work.deleted());
            values.put("seconds", work.seconds());
        });
        return values;
    }
}
