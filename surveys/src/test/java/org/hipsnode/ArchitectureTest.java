package org.hipsnode;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hipsnode.moc.Moc;
import org.junit.jupiter.api.Test;

/** The rules of the house for the library. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = ArchitectureRules.classesBeside(Moc.class, 100);
    private static final Path SOURCES = SharedData.project().resolve("surveys/src/main/java");
    private static final int FILES = 80;

    @Test
    void packagesHaveNoCycles() {
        ArchitectureRules.NO_PACKAGE_CYCLES.check(CLASSES);
    }

    /** The ranks of the design, split where one package of a rank builds on another. */
    @Test
    void packagesBuildOnLowerRanksOnly() {
        ArchitectureRules.ranks(List.of(
                        Set.of("sky", "io", "progress", "work"),
                        Set.of("healpix", "config"),
                        Set.of("tile"),
                        Set.of("fits"),
                        Set.of("moc", "properties", "store"),
                        Set.of("survey", "manifest"),
                        Set.of("check")))
                .check(CLASSES);
    }

    @Test
    void theLibrarySpeaksToNobody() {
        ArchitectureRules.NO_HTTP.check(CLASSES);
        ArchitectureRules.NO_LOGGING.check(CLASSES);
        ArchitectureRules.JAVA_LOGGING_ONLY_IN_FITS.check(CLASSES);
        ArchitectureRules.STANDARD_STREAMS_AND_EXIT_ONLY_IN_NODE.check(CLASSES);
    }

    @Test
    void exceptionsSayWhatHappened() {
        ArchitectureRules.NO_GENERIC_EXCEPTIONS_THROWN.check(CLASSES);
        ArchitectureRules.NO_GENERIC_EXCEPTIONS_DECLARED.check(CLASSES);
    }

    @Test
    void datesAndFilesAreTodays() {
        ArchitectureRules.NO_OLD_DATES_AND_FILES.check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIs() throws IOException {
        ArchitectureRules.EVERY_PACKAGE_IS_NULL_MARKED.check(CLASSES);
        assertThat(ArchitectureRules.packagesWithoutSentence(SOURCES, 13)).isEmpty();
    }

    @Test
    void nothingStaticChanges() {
        ArchitectureRules.STATIC_FIELDS_ARE_FINAL.check(CLASSES);
        assertThat(CLASSES.stream()
                        .flatMap(c -> c.getFields().stream())
                        .map(JavaField::getModifiers)
                        .filter(m -> m.contains(JavaModifier.STATIC)))
                .hasSizeGreaterThan(60);
    }

    @Test
    void namesSayWhatAClassIs() {
        ArchitectureRules.NAMES_SAY_WHAT_A_CLASS_IS.check(CLASSES);
    }

    @Test
    void namesOfTheTileTreeAreSpelledInOnePlace() throws IOException {
        assertThat(ArchitectureRules.treeNamesSpelledOutsideTile(SOURCES, FILES))
                .isEmpty();
    }

    @Test
    void theListForAllModulesHoldsHere() {
        assertThat(ArchitectureRules.everywhere()).hasSizeGreaterThan(5).allSatisfy(rule -> rule.check(CLASSES));
    }
}
