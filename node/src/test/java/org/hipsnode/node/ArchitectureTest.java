package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hipsnode.ArchitectureRules;
import org.hipsnode.SharedData;
import org.junit.jupiter.api.Test;

/** The rules of the house for the program. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = ArchitectureRules.classesBeside(Main.class, 30);
    private static final Path SOURCES = SharedData.project().resolve("node/src/main/java");

    @Test
    void theRulesOfAllModulesHoldHere() {
        assertThat(ArchitectureRules.everywhere()).allSatisfy(rule -> rule.check(CLASSES));
    }

    @Test
    void packagesBuildOnLowerRanksOnly() {
        ArchitectureRules.ranks(List.of(
                        Set.of("node.config", "node.demo", "node.show"), Set.of("node.command"), Set.of("node")))
                .check(CLASSES);
    }

    @Test
    void theProgramLeavesHttpToServingAndMirroring() {
        ArchitectureRules.NO_HTTP.check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        assertThat(ArchitectureRules.packagesWithoutSentence(SOURCES, 5)).isEmpty();
    }

    @Test
    void namesOfTheTileTreeAreSpelledElsewhere() throws IOException {
        assertThat(ArchitectureRules.treeNamesSpelledOutsideTile(SOURCES, 25)).isEmpty();
    }
}
