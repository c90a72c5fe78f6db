package org.hipsnode.node.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.node.plan.DeclaredSurvey;
import org.hipsnode.node.plan.SurveyStep;
import org.hipsnode.serve.partner.KeptSurvey;
import org.jspecify.annotations.Nullable;

/** What all threads know of the surveys that a node makes: which are to be looked at, and how each has fared. */
final class SurveyBoard {
    private final Clock clock;
    private final Map<String, Tended> tended = new LinkedHashMap<>();
    private long changes;

    SurveyBoard(Clock clock) {
        this.clock = clock;
    }

    /** One survey. */
    private static final class Tended {
        private DeclaredSurvey survey;
        private Instant next;
        private boolean busy;
        private @Nullable String stamp;
        private @Nullable String seen;
        private @Nullable Instant failing;
        private @Nullable Instant published;
        private @Nullable String refusal;

        private Tended(DeclaredSurvey survey, Instant now) {
            this.survey = survey;
            this.next = now;
        }
    }

    /** Takes up what is declared: surveys that are new, or declared otherwise, are looked at soon; others are forgotten. */
    synchronized void declare(List<DeclaredSurvey> surveys) {
        Map<String, Tended> before = new LinkedHashMap<>(tended);
        tended.clear();
        for (DeclaredSurvey survey : surveys) {
            Tended known = before.getOrDefault(survey.path(), new Tended(survey, clock.instant()));
            if (!known.survey.equals(survey)) {
                known.survey = survey;
                known.next = clock.instant();
            }
            tended.put(survey.path(), known);
        }
    }

    /** Notes what is known of a survey's past. */
    synchronized void remember(String path, Optional<Instant> published, Optional<Instant> failing) {
        Tended one = tended.get(path);
        if (one != null) {
            one.published = published.orElse(null);
            one.failing = failing.orElse(null);
        }
    }

    /**
     * Takes the surveys that are to be looked at now.
     *
     * @param stamps what changes when a survey's definition does, by path
     */
    synchronized List<DeclaredSurvey> due(Map<String, String> stamps) {
        Instant now = clock.instant();
        List<DeclaredSurvey> due = new ArrayList<>();
        for (Tended one : tended.values()) {
            String stamp = stamps.get(one.survey.path());
            // what is still being written is left alone until it rests
            boolean written = stamp != null && !stamp.equals(one.stamp) && stamp.equals(one.seen);
            one.seen = stamp;
            if (!one.busy && (written || !one.next.isAfter(now))) {
                one.stamp = stamp;
                one.next = now.plus(one.survey.every());
                due.add(one.survey);
            }
        }
        return due;
    }

    /** Notes what was decided about a survey; tells whether that is to be said. */
    synchronized boolean decided(SurveyStep step) {
        Tended one = tended.get(step.survey().path());
        if (one == null) {
            return false;
        }
        if (step.action() == SurveyStep.Action.REFUSE) {
            boolean isNew = !step.why().equals(one.refusal);
            one.refusal = step.why();
            fail(one);
            return isNew;
        }
        one.refusal = null;
        if (step.action() == SurveyStep.Action.MAKE) {
            one.busy = true;
            changes++;
            return true;
        }
        if (one.failing != null) {
            one.failing = null;
            changes++;
        }
        return false;
    }

    private void fail(Tended one) {
        if (one.failing == null) {
            one.failing = clock.instant();
        }
        changes++;
    }

    /** Tells whether a survey is still declared as it was. */
    synchronized boolean isDeclared(DeclaredSurvey survey) {
        Tended one = tended.get(survey.path());
        return one != null && one.survey.equals(survey);
    }

    /** Notes that a survey's run has ended, or will not begin. */
    synchronized void done(DeclaredSurvey survey, SurveySchedule.Result result) {
        Tended one = tended.get(survey.path());
        if (one == null) {
            return;
        }
        one.busy = false;
        changes++;
        if (result == SurveySchedule.Result.PUBLISHED) {
            one.failing = null;
            one.published = clock.instant();
        } else if (result == SurveySchedule.Result.FAILED) {
            fail(one);
        }
    }

    synchronized long changes() {
        return changes;
    }

    /** Returns the state of all surveys, sorted by path. */
    synchronized List<KeptSurvey> surveys() {
        return tended.values().stream()
                .map(one -> new KeptSurvey(
                        one.survey.path(),
                        one.busy,
                        Optional.ofNullable(one.published),
                        Optional.ofNullable(one.failing),
                        one.busy ? Optional.empty() : Optional.of(one.next)))
                .sorted(java.util.Comparator.comparing(KeptSurvey::path))
                .toList();
    }
}
