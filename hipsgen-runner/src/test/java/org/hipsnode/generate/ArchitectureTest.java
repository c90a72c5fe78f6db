package org.hipsnode.generate;

import java.util.List;
import java.util.Set;
import org.hipsnode.ArchitectureRules;
import org.hipsnode.ModuleRules;
import org.hipsnode.generate.run.Generation;
import org.junit.jupiter.api.Test;

/** The rules of the house for what makes surveys. */
class ArchitectureTest extends ModuleRules {

    ArchitectureTest() {
        super(
                Generation.class,
                "hipsgen-runner",
                40,
                List.of(
                        Set.of("generate.picture"),
                        Set.of("generate.source", "generate.render"),
                        Set.of("generate.image", "generate.plan", "generate.pyramid"),
                        Set.of("generate.body"),
                        Set.of("generate.write"),
                        Set.of("generate.engine"),
                        Set.of("generate.run")));
    }

    @Test
    void makingKnowsNeitherServingNorMirroring() {
        ArchitectureRules.seesNothingOf("serve", "mirror", "node").check(classes);
    }

    @Test
    void makingSpeaksToNobody() {
        ArchitectureRules.NO_HTTP.check(classes);
        ArchitectureRules.NO_LOGGING.check(classes);
        ArchitectureRules.JAVA_LOGGING_ONLY_IN_FITS.check(classes);
    }

    @Test
    void aPlanIsMadeWithoutTouchingAnything() {
        ArchitectureRules.pure("generate.plan").check(classes);
    }
}
