package org.hipsnode.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hipsnode.ArchitectureRules;
import org.hipsnode.SharedData;
import org.hipsnode.serve.http.SurveyServer;
import org.junit.jupiter.api.Test;

/** The rules of the house for what serves surveys. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = ArchitectureRules.classesBeside(SurveyServer.class, 28);
    private static final Path SOURCES = SharedData.project().resolve("tile-server/src/main/java");

    @Test
    void theRulesOfAllModulesHoldHere() {
        assertThat(ArchitectureRules.everywhere()).allSatisfy(rule -> rule.check(CLASSES));
    }

    @Test
    void packagesBuildOnLowerRanksOnly() {
        ArchitectureRules.ranks(List.of(
                        Set.of("serve.request", "serve.snapshot"),
                        Set.of("serve.answer", "serve.page"),
                        Set.of("serve.http")))
                .check(CLASSES);
    }

    @Test
    void servingKnowsNeitherMakingNorMirroring() {
        ArchitectureRules.seesNothingOf("generate", "mirror", "node").check(CLASSES);
    }

    @Test
    void onlyOnePackageKnowsTheHttpLibrary() {
        ArchitectureRules.httpOnlyIn("serve.http").check(CLASSES);
    }

    @Test
    void anAnswerIsDecidedWithoutTouchingAnything() {
        ArchitectureRules.pure("serve.request").check(CLASSES);
        ArchitectureRules.pure("serve.answer").check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        assertThat(ArchitectureRules.packagesWithoutSentence(SOURCES, 5)).isEmpty();
    }

    @Test
    void namesOfTheTileTreeAreSpelledElsewhere() throws IOException {
        assertThat(ArchitectureRules.treeNamesSpelledOutsideTile(SOURCES, 22)).isEmpty();
    }
}
