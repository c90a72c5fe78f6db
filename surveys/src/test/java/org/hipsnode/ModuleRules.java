package org.hipsnode;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The rules of the house that every module keeps, each for its own classes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModuleRules {
    protected final JavaClasses classes;
    private final Path sources;
    private final int files;
    private final List<Set<String>> ranks;

    /**
     * Reads the classes of a module.
     *
     * @param one of its classes
     * @param folder of the module
     * @param files how many source files there must be at least, and so classes
     * @param ranks its packages below the root, the lowest rank first
     */
    protected ModuleRules(Class<?> one, String folder, int files, List<Set<String>> ranks) {
        this.classes = ArchitectureRules.classesBeside(one, files);
        this.sources = SharedData.project().resolve(folder).resolve("src/main/java");
        this.files = files;
        this.ranks = ranks;
    }

    @TestFactory
    public Stream<DynamicTest> theRulesOfAllModulesHoldHere() {
        assertThat(ArchitectureRules.everywhere()).hasSizeGreaterThan(5);
        return ArchitectureRules.everywhere().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
    }

    @Test
    public void packagesBuildOnLowerRanksOnly() {
        ArchitectureRules.ranks(ranks).check(classes);
    }

    @Test
    public void everyPackageSaysWhatItIs() throws IOException {
        int packages = ranks.stream().mapToInt(Set::size).sum();
        assertThat(ArchitectureRules.packagesWithoutSentence(sources, packages)).isEmpty();
    }

    @Test
    public void namesOfTheTileTreeAreSpelledInOnePlace() throws IOException {
        assertThat(ArchitectureRules.treeNamesSpelledOutsideTile(sources, files))
                .isEmpty();
    }
}
