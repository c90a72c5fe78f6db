package org.hipsnode.serve.receive;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who may push surveys here.
 *
 * @param rules one for each partner; nobody else may
 */
public record ReceiveSettings(List<ReceiveRule> rules) {
    public static final ReceiveSettings NOBODY = new ReceiveSettings(List.of());

    public ReceiveSettings {
        rules = List.copyOf(rules);
    }

    /** Returns how long an upload to a path stays unfinished, by the most patient rule; empty if nobody may push there. */
    Optional<Duration> keeping(String path) {
        return rules.stream()
                .filter(rule -> rule.allows(path))
                .map(ReceiveRule::keepsUnfinished)
                .max(Comparator.naturalOrder());
    }

    /** Returns the rule by which a partner may push to a path. */
    public Optional<ReceiveRule> rule(String partner, String path) {
        return rules.stream()
                .filter(rule -> rule.partner().equals(partner) && rule.allows(path))
                .findFirst();
    }
}
