package org.hipsnode.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "properties",
                "Norder3/Dir0/Npix5.fits",
                "HpxFinder/Norder3/Dir0/Npix5",
                "a..b",
                "a./b",
                "a b",
                "Ω.txt",
                "a/b/c/d/e/f/g/h/i/j",
                "~",
                "C:",
                ".hipsnode/manifest.json",
                ".hipsnode/manifest/ab/abc.node"
            })
    void acceptsTheNamesOfASurveysFiles(String name) {
        assertThat(FileName.isValid(name)).isTrue();
        assertThat(FileName.require(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../a",
                "a/..",
                "a/../b",
                "a/./b",
                "/a",
                "/",
                "a/",
                "a//b",
                ".hidden",
                "a/.hidden",
                ".name.hipsnode/lock",
                ".hipsnode",
                ".hipsnode/",
                ".hipsnode/.hidden",
                ".hipsnode/..",
                ".hipsnode/../x",
                ".hipsnode/.hipsnode/x",
                "a/.hipsnode/x",
                ".hipsnode2/x",
                "a\\b",
                "..\\a",
                "\\",
                "a\0",
                "a\nb",
                "a\u007f",
                "\ud83d"
            })
    void refusesOthers(String name) {
        assertThat(FileName.isValid(name)).isFalse();
        assertThatThrownBy(() -> FileName.require(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void refusesNamesThatNoFileSystemHolds() {
        assertThat(FileName.isValid("a".repeat(255))).isTrue();
        assertThat(FileName.isValid("a".repeat(256))).isFalse();
        assertThat(FileName.isValid("é".repeat(127))).isTrue();
        assertThat(FileName.isValid("é".repeat(128))).isFalse();
        assertThat(FileName.isValid("a/".repeat(511) + "a")).isTrue();
        assertThat(FileName.isValid("a/".repeat(512) + "a")).isFalse();
    }

    @Property(tries = 2000)
    void noValidNameLeavesItsFolder(@ForAll("names") String name) {
        if (FileName.isValid(name)) {
            Path folder = Path.of("/data/survey");
            try {
                Path file = folder.resolve(name).normalize();
                assertThat(file.startsWith(folder) && !file.equals(folder)).isTrue();
                assertThat(folder.relativize(file)).hasToString(name);
            } catch (InvalidPathException e) {
                assertThat(name.chars().anyMatch(c -> c > 127)).isTrue();
            }
        }
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> pieces =
                Arbitraries.of("/", ".", "..", "a", "Norder3", "\\", "\0", " ", "é", "~", "%2e", ":");
        return Arbitraries.oneOf(pieces.list().ofMaxSize(8).map(list -> String.join("", list)), Arbitraries.strings());
    }
}
