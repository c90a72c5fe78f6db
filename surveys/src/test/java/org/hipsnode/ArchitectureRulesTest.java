package org.hipsnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hipsnode.moc.Moc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that nothing can break protects nothing. */
class ArchitectureRulesTest {
    private static final JavaClasses WRONG = new ClassFileImporter().importPackages("org.hipsnode.wrong");

    @Test
    void everyRuleFindsTheClassesThatBreakIt() {
        for (ArchRule rule : ArchitectureRules.everywhere()) {
            assertBroken(rule);
        }
        assertBroken(ArchitectureRules.NO_HTTP);
        assertBroken(ArchitectureRules.JAVA_LOGGING_ONLY_IN_FITS);
        assertBroken(ArchitectureRules.httpOnlyIn("wrong.circle"));
        assertBroken(ArchitectureRules.seesNothingOf("moc", "wrong.circle"));
        assertBroken(ArchitectureRules.pure("wrong"));
    }

    private static void assertBroken(ArchRule rule) {
        assertThat(rule.evaluate(WRONG).hasViolation())
                .as(rule.getDescription())
                .isTrue();
    }

    @Test
    void ranksFindDependenciesUpwardsAndPackagesWithoutRank() {
        assertBroken(ArchitectureRules.ranks(List.of(Set.of("wrong"), Set.of("wrong.circle"))));
        assertBroken(ArchitectureRules.ranks(List.of(Set.of("wrong", "wrong.circle"))));
        assertThatThrownBy(
                        () -> ArchitectureRules.ranks(List.of(Set.of("wrong"))).check(WRONG))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("in a package without rank");
    }

    @Test
    void rulesOfOnePackageAreKeptByTheOthers() {
        ArchitectureRules.httpOnlyIn("wrong").check(WRONG);
        ArchitectureRules.seesNothingOf("moc").check(WRONG);
        ArchitectureRules.pure("wrong.circle").check(WRONG);
    }

    @Test
    void tooFewClassesAreNoProof() {
        assertThatThrownBy(() -> ArchitectureRules.classesBeside(Moc.class, 100_000))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("100000 classes");
    }

    @Test
    void aPackageSaysWhatItIsInOneSentence(@TempDir Path sources) throws IOException {
        Path silent = Files.createDirectories(sources.resolve("silent")).resolve("package-info.java");
        Path telling = Files.createDirectories(sources.resolve("telling")).resolve("package-info.java");
        Files.writeString(silent, "@NullMarked\npackage silent;\n");
        Files.writeString(telling, "/** What tells. */\n@NullMarked\npackage telling;\n");
        assertThat(ArchitectureRules.packagesWithoutSentence(sources, 2)).containsExactly(silent);
    }

    @Test
    void spellingsAreFoundInTextsAndNotInComments(@TempDir Path sources) throws IOException {
        Files.createDirectories(sources.resolve("org/hipsnode/tile"));
        Files.writeString(sources.resolve("org/hipsnode/tile/A.java"), "String a = \"Norder3\";");
        Files.writeString(sources.resolve("B.java"), """
                /** Norder3/Dir0/Npix5 */
                String a = "plain", b = "Norder" + 3;
                String c = "x\\"/Dir0";
                String d = "Directory listing"; // "Npix"
                String e = "Direction";
                """);
        assertThat(ArchitectureRules.treeNamesSpelledOutsideTile(sources, 2))
                .containsExactly(
                        "B.java line 2: \"Norder\"", "B.java line 3: \"x\\\"/Dir0\"", "B.java line 4: \"Npix\"");
        assertThatThrownBy(() -> ArchitectureRules.treeNamesSpelledOutsideTile(sources, 3))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("3 source files");
    }
}
