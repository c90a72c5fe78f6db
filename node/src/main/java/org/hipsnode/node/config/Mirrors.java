package org.hipsnode.node.config;

import java.util.List;
import java.util.Optional;

/**
 * The mirrors that a node keeps.
 *
 * @param contact who runs this node, told to the sources' operators
 * @param alert command that is run when a mirror fails; empty for none
 */
public record Mirrors(List<ScheduledMirror> all, Optional<String> contact, List<String> alert) {
    public static final Mirrors NONE = new Mirrors(List.of(), Optional.empty(), List.of());

    public Mirrors {
        all = List.copyOf(all);
        alert = List.copyOf(alert);
    }
}
