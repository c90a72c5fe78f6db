package org.hipsnode.serve;

import java.util.List;
import java.util.Set;
import org.hipsnode.ArchitectureRules;
import org.hipsnode.ModuleRules;
import org.hipsnode.serve.http.SurveyServer;
import org.junit.jupiter.api.Test;

/** The rules of the house for what serves surveys. */
class ArchitectureTest extends ModuleRules {

    ArchitectureTest() {
        super(
                SurveyServer.class,
                "tile-server",
                44,
                List.of(
                        Set.of("serve.request", "serve.snapshot", "serve.text", "serve.cache", "serve.measure"),
                        Set.of("serve.answer", "serve.describe", "serve.access", "serve.origin", "serve.partner"),
                        Set.of("serve.api", "serve.receive"),
                        Set.of("serve.page"),
                        Set.of("serve.http")));
    }

    @Test
    void servingKnowsNeitherMakingNorMirroring() {
        ArchitectureRules.seesNothingOf("generate", "mirror", "node").check(classes);
    }

    @Test
    void onlyOnePackageKnowsTheHttpLibrary() {
        ArchitectureRules.httpOnlyIn("serve.http").check(classes);
    }

    @Test
    void anAnswerIsDecidedWithoutTouchingAnything() {
        ArchitectureRules.pure("serve.request").check(classes);
        ArchitectureRules.pure("serve.answer").check(classes);
    }
}
