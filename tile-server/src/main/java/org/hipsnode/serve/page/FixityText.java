package org.hipsnode.serve.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hipsnode.serve.partner.Fixity;

/** What is known of a survey's bytes, for people. */
final class FixityText {
    private FixityText() {}

    /** Returns when every byte was last found to be right; empty if that was never. */
    static Optional<String> verified(Fixity fixity) {
        return fixity.verified().map(FixityText::time);
    }

    /** Returns what is wrong; empty if nothing is. */
    static Optional<String> damage(Fixity fixity) {
        return Optional.of(fixity)
                .filter(Fixity::isBad)
                .map(f -> "<strong class=\"bad\">" + damage(f.counts()) + "</strong>, " + time(f.audited()));
    }

    static String damage(Fixity.Counts counts) {
        long bad = counts.bad();
        return bad == 1
                ? "1 file is not as it was published"
                : Html.count(bad) + " files are not as they were published";
    }

    private static String time(Instant at) {
        return "<time datetime=\"" + at.truncatedTo(ChronoUnit.MINUTES) + "\">" + Html.minute(at) + "</time>";
    }
}
