package org.hipsnode.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.ManifestMaker;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.SurveyFiles;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BagTest {
    private static final String PROPERTIES = """
        creator_did = ivo://test/P/x
        obs_title = A "sky"
        hips_release_date = 2026-02-03T04:05Z
        hips_order = 3
        """;
    private static final String TILE = "Norder3/Dir0/Npix5.png";

    @TempDir
    private Path folder;

    private static BagReport bag(Path survey, Path bag, int workers) throws IOException {
        return BagExport.write(survey, bag, "hipsnode/test", workers, new Progress(() -> 0));
    }

    private static BagReport unbag(Path bag, Path survey) throws IOException {
        return BagImport.read(bag, survey, 3, new Progress(() -> 0));
    }

    private static Map<String, String> contents(Path tree) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                contents.put(
                        tree.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            files.put("Norder3/Dir0/Npix" + i + ".png", ("tile " + i).getBytes(StandardCharsets.UTF_8));
        }
        files.put("properties", PROPERTIES.getBytes(StandardCharsets.UTF_8));
        files.put("100 % of it.txt", new byte[3]);
        files.put(ManifestName.PROVENANCE, new byte[] {'{', '}'});
        return files;
    }

    private Path survey() throws IOException {
        Path survey = folder.resolve("x");
        SurveyFiles.publish(files(), survey);
        return survey;
    }

    @Provide
    Arbitrary<Map<String, byte[]>> surveys() {
        return SurveyFiles.surveys();
    }

    @Property(tries = 30)
    void aSurveyGoesThroughABagWithoutAnyChange(@ForAll("surveys") Map<String, byte[]> files) throws IOException {
        Path temporary = Files.createTempDirectory("bag");
        try {
            files.put("properties", PROPERTIES.getBytes(StandardCharsets.UTF_8));
            SurveyFiles.publish(files, temporary.resolve("x"));
            BagReport in = bag(temporary.resolve("x"), temporary.resolve("bag"), 2);
            assertThat(unbag(temporary.resolve("bag"), temporary.resolve("y"))).isEqualTo(in);
            assertThat(contents(temporary.resolve("y"))).isEqualTo(contents(temporary.resolve("x")));
        } finally {
            AtomicFiles.deleteTree(temporary);
        }
    }

    @Test
    void theSameSurveyMakesTheSameBag() throws IOException {
        Path survey = survey();
        bag(survey, folder.resolve("one"), 1);
        bag(survey, folder.resolve("two"), 4);
        assertThat(contents(folder.resolve("two"))).isEqualTo(contents(folder.resolve("one")));
        assertThat(folder.resolve("one/bag-info.txt")).content().startsWith("""
            Bag-Software-Agent: hipsnode/test
            Bagging-Date: 2026-02-03
            External-Description: A "sky"
            External-Identifier: ivo://test/P/x
            """).contains("\nPayload-Oxum: ");
        assertThat(folder.resolve(".one.hipsnode")).doesNotExist();
    }

    @Test
    void programsThatKnowNothingOfUsFindItGood() throws IOException, InterruptedException {
        Path survey = survey();
        Files.delete(survey.resolve("100 % of it.txt")); // which sha256sum does not decode
        AtomicFiles.deleteTree(survey.resolve(".hipsnode/manifest"));
        Files.delete(survey.resolve(ManifestName.ROOT));
        bag(survey, folder.resolve("bag"), 2);
        for (String manifest : List.of("manifest-sha256.txt", "tagmanifest-sha256.txt")) {
            assertThat(run("sha256sum", "--check", "--strict", "--quiet", manifest))
                    .isZero();
        }
    }

    @Test
    void pythonsBagitFindsItGood() throws IOException, InterruptedException {
        // Debian has no package of it, so CI cannot be asked for it
        assumeTrue(run("python3", "-c", "import bagit") == 0, "Python's bagit is not installed: this test was skipped");
        bag(survey(), folder.resolve("bag"), 2);
        assertThat(run("python3", "-m", "bagit", "--validate", "--quiet", ".")).isZero();
    }

    private int run(String... command) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("bag"));
        return new ProcessBuilder(command)
                .directory(folder.resolve("bag").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void aDamagedSurveyIsPutIntoNoBag() throws IOException {
        Path survey = survey();
        Files.writeString(survey.resolve(TILE), "spoilt");
        assertThatThrownBy(() -> bag(survey, folder.resolve("bag"), 2))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining(TILE);
        Files.writeString(survey.resolve(TILE), "tile 5");
        Files.writeString(survey.resolve("added"), "");
        assertThatThrownBy(() -> bag(survey, folder.resolve("bag"), 2)).hasMessageContaining("found 24");
        Files.delete(survey.resolve("added"));
        Files.delete(survey.resolve(TILE));
        assertThatThrownBy(() -> bag(survey, folder.resolve("bag"), 2)).isInstanceOf(MalformedDataException.class);
        assertThat(folder.resolve("bag")).doesNotExist();
        assertThat(folder.resolve(".bag.hipsnode")).doesNotExist();
    }

    @Test
    void whereSomethingIsNothingIsWritten() throws IOException {
        Path survey = survey();
        Path bag = folder.resolve("bag");
        bag(survey, bag, 2);
        assertThatThrownBy(() -> bag(survey, bag, 2)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> bag(survey, survey.resolve("bag"), 2)).hasMessageContaining("lies in");
        assertThatThrownBy(() -> unbag(bag, survey)).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> unbag(survey, folder.resolve("y"))).hasMessageContaining("found no bagit.txt");
    }

    /** Something that is wrong with a bag. */
    private enum Fault {
        FLIPPED,
        LOST,
        TOO_MANY,
        UNLISTED,
        TWICE,
        ESCAPE,
        ABSOLUTE,
        HIDDEN,
        NOTE,
        LINK,
        LINKED_FOLDER,
        OXUM,
        TAG,
        FETCH,
        NO_DIGESTS,
        OTHER_MANIFEST,
        EMPTIED
    }

    private static final String ZERO = "0".repeat(64);

    private static void spoil(Path bag, Fault fault) throws IOException {
        Path manifest = bag.resolve("manifest-sha256.txt");
        if (fault != Fault.TAG) {
            Files.delete(bag.resolve("tagmanifest-sha256.txt"));
        }
        Path data = bag.resolve("data");
        switch (fault) {
            case FLIPPED -> Files.writeString(data.resolve(TILE), "tile 6");
            case LOST -> {
                Files.delete(data.resolve(TILE));
                Files.writeString(data.resolve("other"), "tile 5");
            }
            case TOO_MANY -> Files.writeString(data.resolve("other"), "");
            case UNLISTED -> {
                Files.delete(bag.resolve("bag-info.txt"));
                Files.writeString(data.resolve("other"), "");
            }
            case TWICE -> append(manifest, Files.readAllLines(manifest).get(0));
            case ESCAPE -> append(manifest, ZERO + "  data/../../../etc/passwd");
            case ABSOLUTE -> append(manifest, ZERO + "  /etc/passwd");
            case HIDDEN -> append(manifest, ZERO + "  data/.bashrc");
            case NOTE -> append(manifest, ZERO + "  data/.hipsnode/mirror.json");
            case LINK -> {
                Files.delete(data.resolve(TILE));
                Files.createSymbolicLink(data.resolve(TILE), data.resolve("Norder3/Dir0/Npix6.png"));
            }
            case LINKED_FOLDER -> {
                Files.move(data.resolve("Norder3"), bag.resolve("elsewhere"));
                Files.createSymbolicLink(data.resolve("Norder3"), bag.resolve("elsewhere"));
            }
            case OXUM -> Files.writeString(bag.resolve("bag-info.txt"), "Payload-Oxum: 1.1\n");
            case TAG -> append(bag.resolve("bag-info.txt"), "Contact-Name: somebody else");
            case FETCH -> Files.writeString(bag.resolve("fetch.txt"), "http://far.example/x 1 data/x\n");
            case NO_DIGESTS -> Files.move(manifest, bag.resolve("manifest-rot13.txt"));
            case OTHER_MANIFEST -> {
                replace(bag, TILE, "another");
                Files.delete(bag.resolve("bag-info.txt"));
            }
            default -> {
                replace(bag, "properties", "");
                Files.delete(bag.resolve("bag-info.txt"));
            }
        }
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }

    /** Another content, of which only our own manifest knows that it is not the right one. */
    private static void replace(Path bag, String name, String content) throws IOException {
        Path file = bag.resolve("data").resolve(name);
        Path manifest = bag.resolve("manifest-sha256.txt");
        String before = sum(file, "SHA-256");
        Files.writeString(file, content);
        Files.writeString(manifest, Files.readString(manifest).replace(before, sum(file, "SHA-256")));
    }

    private static String sum(Path file, String algorithm) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    @Test
    void ofABagThatIsNotAsItSaysNothingIsTaken() throws IOException {
        Path survey = survey();
        for (Fault fault : Fault.values()) {
            Path bag = folder.resolve(fault.name());
            bag(survey, bag, 2);
            spoil(bag, fault);
            assertThatThrownBy(() -> unbag(bag, folder.resolve("y")))
                    .as(fault.name())
                    .isInstanceOfAny(MalformedDataException.class, ConfigException.class);
            assertThat(folder.resolve("y")).as(fault.name()).doesNotExist();
            assertThat(folder.resolve(".y.hipsnode")).as(fault.name()).doesNotExist();
        }
    }

    /** A bag as others make them: lines of DOS, digests of several kinds, capitals, no manifest of ours. */
    private Path foreign(String... algorithms) throws IOException {
        Path bag = folder.resolve("foreign");
        files().forEach((name, content) -> {
            try {
                SurveyFiles.put(bag.resolve("data"), name, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (String algorithm : algorithms) {
            StringBuilder lines = new StringBuilder();
            for (String name : files().keySet()) {
                lines.append(sum(bag.resolve("data").resolve(name), algorithm).toUpperCase(Locale.ROOT))
                        .append(" *./data/")
                        .append(name.replace("%", "%25"))
                        .append("\r\n");
            }
            Files.writeString(
                    bag.resolve("manifest-" + algorithm.replace("-", "").toLowerCase(Locale.ROOT) + ".txt"), lines);
        }
        Files.writeString(bag.resolve("bagit.txt"), "BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n");
        return bag;
    }

    @Test
    void bagsOfOthersAreTakenAndGetAManifest() throws IOException {
        Path bag = foreign("SHA-512", "MD5");
        BagReport report = unbag(bag, folder.resolve("y"));
        SurveyFiles.publish(files(), folder.resolve("z"));
        AtomicFiles.deleteTree(folder.resolve("z/.hipsnode/manifest"));
        Files.delete(folder.resolve("z").resolve(ManifestName.ROOT));
        String content = ManifestMaker.make(
                        folder.resolve("z"),
                        Optional.of("ivo://test/P/x"),
                        Optional.of("2026-02-03T04:05Z"),
                        2,
                        new Progress(() -> 0))
                .content()
                .toString();
        assertThat(report.content()).contains(content);
        assertThat(contents(folder.resolve("y"))).isEqualTo(contents(folder.resolve("z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest-sha512.txt", "manifest-md5.txt"})
    void everyManifestCounts(String spoilt) throws IOException {
        Path bag = foreign("SHA-512", "MD5");
        Path manifest = bag.resolve(spoilt);
        String first = Files.readAllLines(manifest).get(0);
        String digest = first.substring(0, first.indexOf(' '));
        Files.writeString(manifest, Files.readString(manifest).replace(digest, "0".repeat(digest.length())));
        assertThatThrownBy(() -> unbag(bag, folder.resolve("y"))).isInstanceOf(MalformedDataException.class);
        assertThat(folder.resolve("y")).doesNotExist();
    }

    @Property(tries = 500)
    void anyLineIsAnEntryOrNone(@ForAll String digits, @ForAll String path) {
        BagEntry.parse(digits + "  " + path)
                .filter(entry -> !entry.path().startsWith("*"))
                .ifPresent(entry -> assertThat(BagEntry.parse(entry.line())).contains(entry));
        BagEntry own = new BagEntry("00ff", "data/a" + path.replaceAll("\\s+", "%0A\n\r") + "z");
        assertThat(BagEntry.parse(own.line())).contains(own);
    }

    @Property(tries = 500)
    void anyBytesAreTagsOrRefused(@ForAll byte[] bytes) throws IOException {
        try (BoundedLines lines = new BoundedLines("x", new ByteArrayInputStream(bytes))) {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                assertThat(line.get()).doesNotContain("\n").doesNotContain("\r");
            }
            BagInfo.parse(bytes).oxum();
        } catch (MalformedDataException e) {
            assertThat(e).hasMessageContaining("expected UTF-8");
        }
    }

    @Test
    void aLineWithoutEndIsNotReadToItsEnd() {
        byte[] endless = new byte[1 << 20];
        Arrays.fill(endless, (byte) 'a');
        assertThatThrownBy(() -> BagInfo.parse(endless)).hasMessageContaining("lines of at most 16384 bytes");
    }
}
