package org.hipsnode.mirror.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.WebAddress;

/** A lock file is edited by people and merged by tools: whatever it holds is read, or refused with its line. */
class PinFileFuzzTest {
    private static final List<WebAddress> ADDRESS =
            List.of(WebAddress.parse("https://archive.example/map.fits").orElseThrow());
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private Path folder = Path.of("");

    @BeforeProperty
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("hipsnode-pins");
    }

    @AfterProperty
    void removeFolder() throws IOException {
        AtomicFiles.deleteTree(folder);
    }

    @Property(tries = 500)
    void isReadOrRefusedWithItsLine(@ForAll("texts") String text) throws IOException {
        Path file = Files.writeString(folder.resolve(PinFile.NAME), text);
        try {
            new PinFile(folder).pin(ADDRESS);
        } catch (ConfigException e) {
            assertThat(e).hasMessageContainingAll("'" + file + "' line ", "expected sha256, bytes and address");
        }
    }

    @Property(tries = 200)
    void isReadOrRefusedWhateverItsBytesAre(@ForAll byte[] bytes) throws IOException {
        Files.write(folder.resolve(PinFile.NAME), bytes);
        try {
            assertThat(new PinFile(folder).pin(ADDRESS)).isEmpty();
        } catch (ConfigException e) {
            assertThat(e).hasMessageContaining(" line ");
        }
    }

    @Property(tries = 100)
    void whatIsAddedIsFoundAgainBesideWhatWasThere(
            @ForAll("pins") Pin pin, @ForAll("pins") Pin other, @ForAll boolean windows) throws IOException {
        String before = "# mine\n\n" + other.sha256() + " " + other.bytes() + " https://archive.example/other.fits\n";
        Files.writeString(folder.resolve(PinFile.NAME), windows ? before.replace("\n", "\r\n") : before);
        new PinFile(folder).add(ADDRESS, pin);
        assertThat(new PinFile(folder).pin(ADDRESS)).contains(pin);
        assertThat(new PinFile(folder)
                        .pin(List.of(WebAddress.parse("https://archive.example/other.fits")
                                .orElseThrow())))
                .isEqualTo(Optional.of(other));
    }

    @Provide
    Arbitrary<Pin> pins() {
        Arbitrary<String> digests =
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
        return Combinators.combine(digests, Arbitraries.longs().between(0, 999_999_999_999_999_999L))
                .as(Pin::new);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        DIGEST,
                        DIGEST.substring(1),
                        " ",
                        "\n",
                        "\r\n",
                        "\u2028",
                        "#",
                        "0",
                        "12345",
                        "9".repeat(18),
                        "9".repeat(19),
                        "-1",
                        "https://archive.example/map.fits",
                        "\u0000",
                        "٣",
                        "\ufeff",
                        "<<<<<<< HEAD\n")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }
}
