package org.hipsnode.node;

import java.util.List;
import java.util.Set;
import org.hipsnode.ArchitectureRules;
import org.hipsnode.ModuleRules;
import org.junit.jupiter.api.Test;

/** The rules of the house for the program. */
class ArchitectureTest extends ModuleRules {

    ArchitectureTest() {
        super(
                Main.class,
                "node",
                30,
                List.of(
                        Set.of("node.config", "node.demo", "node.show", "node.state"),
                        Set.of("node.plan", "node.audit"),
                        Set.of("node.schedule"),
                        Set.of("node.command"),
                        Set.of("node")));
    }

    @Test
    void theProgramLeavesHttpToServingAndMirroring() {
        ArchitectureRules.NO_HTTP.check(classes);
    }
}
