package org.hipsnode.serve.receive;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who may push surveys here.
 *
 * @param rules one for each partner; nobody else may
 * @param idle how long an upload may rest before what has come of it is removed
 */
public record ReceiveSettings(List<ReceiveRule> rules, Duration idle) {
    public static final Duration USUAL_IDLE = Duration.ofHours(24);
    public static final ReceiveSettings NOBODY = new ReceiveSettings(List.of(), USUAL_IDLE);

    public ReceiveSettings {
        rules = List.copyOf(rules);
    }

    /** Returns the rule by which a partner may push to a path. */
    public Optional<ReceiveRule> rule(String partner, String path) {
        return rules.stream()
                .filter(rule -> rule.partner().equals(partner) && rule.allows(path))
                .findFirst();
    }
}
