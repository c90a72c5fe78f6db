package org.hipsnode.mirror;

import java.util.List;
import java.util.Set;
import org.hipsnode.ArchitectureRules;
import org.hipsnode.ModuleRules;
import org.hipsnode.mirror.remote.RemoteStore;
import org.junit.jupiter.api.Test;

/** The rules of the house for what mirrors surveys. */
class ArchitectureTest extends ModuleRules {

    ArchitectureTest() {
        super(
                RemoteStore.class,
                "mirror-sync",
                45,
                List.of(
                        Set.of("mirror.remote", "mirror.plan", "mirror.ssh"),
                        Set.of("mirror.source", "mirror.transfer", "mirror.push"),
                        Set.of("mirror.pull", "mirror.fetch")));
    }

    @Test
    void mirroringKnowsNeitherMakingNorServing() {
        ArchitectureRules.seesNothingOf("generate", "serve", "node").check(classes);
    }

    @Test
    void whatIsToBeDoneIsDecidedWithoutLooking() {
        ArchitectureRules.pure("mirror.plan").check(classes);
    }

    @Test
    void onlyOnePackageSpeaksHttp() {
        ArchitectureRules.httpOnlyIn("mirror.remote").check(classes);
    }

    @Test
    void mirroringTellsByResultsAndExceptions() {
        ArchitectureRules.NO_LOGGING.check(classes);
    }
}
