package org.hipsnode.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hipsnode.ArchitectureRules;
import org.hipsnode.SharedData;
import org.hipsnode.generate.run.Generation;
import org.junit.jupiter.api.Test;

/** The rules of the house for what makes surveys. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = ArchitectureRules.classesBeside(Generation.class, 45);
    private static final Path SOURCES = SharedData.project().resolve("hipsgen-runner/src/main/java");

    @Test
    void theRulesOfAllModulesHoldHere() {
        assertThat(ArchitectureRules.everywhere()).allSatisfy(rule -> rule.check(CLASSES));
    }

    @Test
    void packagesBuildOnLowerRanksOnly() {
        ArchitectureRules.ranks(List.of(
                        Set.of("generate.source", "generate.render"),
                        Set.of("generate.plan", "generate.pyramid"),
                        Set.of("generate.write"),
                        Set.of("generate.engine"),
                        Set.of("generate.run")))
                .check(CLASSES);
    }

    @Test
    void makingKnowsNeitherServingNorMirroring() {
        ArchitectureRules.seesNothingOf("serve", "mirror", "node").check(CLASSES);
    }

    @Test
    void makingSpeaksToNobody() {
        ArchitectureRules.NO_HTTP.check(CLASSES);
        ArchitectureRules.NO_LOGGING.check(CLASSES);
        ArchitectureRules.JAVA_LOGGING_ONLY_IN_FITS.check(CLASSES);
    }

    @Test
    void aPlanIsMadeWithoutTouchingAnything() {
        ArchitectureRules.pure("generate.plan").check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        assertThat(ArchitectureRules.packagesWithoutSentence(SOURCES, 6)).isEmpty();
    }

    @Test
    void namesOfTheTileTreeAreSpelledElsewhere() throws IOException {
        assertThat(ArchitectureRules.treeNamesSpelledOutsideTile(SOURCES, 40)).isEmpty();
    }
}
