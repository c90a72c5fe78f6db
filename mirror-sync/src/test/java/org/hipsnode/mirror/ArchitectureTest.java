package org.hipsnode.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hipsnode.ArchitectureRules;
import org.hipsnode.SharedData;
import org.hipsnode.mirror.remote.RemoteStore;
import org.junit.jupiter.api.Test;

/** The rules of the house for what mirrors surveys. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = ArchitectureRules.classesBeside(RemoteStore.class, 3);
    private static final Path SOURCES = SharedData.project().resolve("mirror-sync/src/main/java");

    @Test
    void theRulesOfAllModulesHoldHere() {
        assertThat(ArchitectureRules.everywhere()).allSatisfy(rule -> rule.check(CLASSES));
    }

    @Test
    void packagesBuildOnLowerRanksOnly() {
        ArchitectureRules.ranks(List.of(Set.of("mirror.remote"))).check(CLASSES);
    }

    @Test
    void mirroringKnowsNeitherMakingNorServing() {
        ArchitectureRules.seesNothingOf("generate", "serve", "node").check(CLASSES);
    }

    @Test
    void onlyOnePackageSpeaksHttp() {
        ArchitectureRules.httpOnlyIn("mirror.remote").check(CLASSES);
    }

    @Test
    void mirroringTellsByResultsAndExceptions() {
        ArchitectureRules.NO_LOGGING.check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        assertThat(ArchitectureRules.packagesWithoutSentence(SOURCES, 1)).isEmpty();
    }

    @Test
    void namesOfTheTileTreeAreSpelledElsewhere() throws IOException {
        assertThat(ArchitectureRules.treeNamesSpelledOutsideTile(SOURCES, 2)).isEmpty();
    }
}
