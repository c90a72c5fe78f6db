package org.hipsnode.node.config;

import java.util.List;
import java.util.Optional;

/**
 * The mirrors that a node keeps, and what else it does with other nodes.
 *
 * @param contact who runs this node, told to the sources' operators
 * @param alert command that is run when a mirror fails or is stale; empty for none
 * @param limits of all together
 * @param partners who are told when a survey is published here
 * @param pushes nodes to which what is published here is pushed
 * @param verifying how often these and all other surveys of the node are verified
 */
public record Mirrors(
        List<ScheduledMirror> all,
        Optional<String> contact,
        List<String> alert,
        Limits limits,
        List<NotifiedPartner> partners,
        List<PushPartner> pushes,
        Verifying verifying) {
    public static final Mirrors NONE =
            new Mirrors(List.of(), Optional.empty(), List.of(), Limits.USUAL, List.of(), List.of(), Verifying.NONE);

    public Mirrors {
        all = List.copyOf(all);
        alert = List.copyOf(alert);
        partners = List.copyOf(partners);
        pushes = List.copyOf(pushes);
    }

    /**
     * What all mirrors may do together.
     *
     * @param atOnce how many run, each of another server
     * @param rate bytes a second at most
     */
    public record Limits(int atOnce, Optional<Long> rate) {
        public static final Limits USUAL = new Limits(2, Optional.empty());
    }
}
