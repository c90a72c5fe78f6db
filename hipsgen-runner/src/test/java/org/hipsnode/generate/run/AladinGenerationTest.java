package org.hipsnode.generate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.FakeAladin;
import org.hipsnode.generate.TestMap;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.survey.SurveyDefinition.Display;
import org.hipsnode.survey.SurveyDefinition.Engine;
import org.hipsnode.survey.SurveyDefinition.MapFile;
import org.hipsnode.survey.SurveyDefinition.Tiles;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine aladin, with a program in Aladin's place whose work is known: our own. */
@Timeout(120)
class AladinGenerationTest {
    private static final TileFormat[] ALL = {TileFormat.PNG, TileFormat.FITS, TileFormat.JPEG};

    private static Path made;

    @TempDir
    private Path folder;

    private final Progress progress = new Progress(System::nanoTime);
    private Path map;
    private Path ready;
    private Path survey;

    @BeforeAll
    static void makeOnce(@TempDir Path shared) throws IOException {
        made = shared.resolve("made");
        AladinGenerationTest test = new AladinGenerationTest();
        test.map = map(shared.resolve("map.fits"));
        test.make(Engine.NATIVE, made, ALL);
    }

    private static Path map(Path file) throws IOException {
        return TestMap.wholeSky(32, "NESTED")
                .card("DATE", "2026-03-01T12:00:00")
                .column("VALUE", 'E', 1024, i -> i < 32 * 32 ? i % 100 : Double.NaN)
                .write(file);
    }

    @BeforeEach
    void layOutWhatTheProgramWillMake() throws IOException {
        map = map(folder.resolve("map.fits"));
        ready = folder.resolve("ready");
        survey = folder.resolve("survey");
        try (Stream<Path> all = Files.walk(made)) {
            for (Path path : all.toList()) {
                Files.copy(path, ready.resolve(made.relativize(path).toString()));
            }
        }
        replaceInProperties("hips_builder         = test", "hips_builder         = Aladin/HipsGen v0");
    }

    private void make(Engine engine, Path target, TileFormat... formats) throws IOException {
        SurveyDefinition definition = new SurveyDefinition(
                new MapFile(map, OptionalInt.empty(), Optional.empty(), Optional.empty()),
                Tiles.of(List.of(formats), OptionalInt.empty(), OptionalInt.empty()),
                Display.FROM_DATA,
                HipsProperties.empty().with("creator_did", "ivo://test/P/map").with("obs_title", "A test"),
                engine);
        try (Generation generation = Generation.prepare(definition, "map", 2, progress)) {
            generation.make(target, 2, progress, "test");
        }
    }

    private Engine fake(String behaviour) throws IOException {
        Path jar = FakeAladin.jar(folder.resolve("fake aladin.jar"), behaviour, ready);
        return new Engine.Aladin(Optional.of(jar), Duration.ofSeconds(60));
    }

    private void replaceInProperties(String from, String to) throws IOException {
        Path properties = ready.resolve("properties");
        String text = Files.readString(properties);
        assertThat(text).contains(from);
        Files.writeString(properties, text.replace(from, to));
    }

    private Path log() {
        return folder.resolve(".survey.hipsnode/hipsgen.log");
    }

    private void assertFailsWithLog(String behaviour, String... message) throws IOException {
        assertThatThrownBy(() -> make(fake(behaviour), survey, ALL))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ConfigException.class)
                .message()
                .contains(message)
                .endsWith("; all that it wrote is in '" + log().toRealPath() + "'");
        assertThat(survey).doesNotExist();
        assertThat(Files.readString(log())).contains("INFO  : Starting -hipsgen in=map.fits out=survey");
        try (Stream<Path> left = Files.list(log().resolveSibling("."))) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactly("hipsgen.log");
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void takesOverEveryTileAndCompletesTheSurvey() throws IOException {
        byte[] before = Files.readAllBytes(map);
        Path blank = ready.resolve("Norder3/Dir0/Npix700.fits");
        Files.write(blank, blankTile(4));
        Files.write(ready.resolve("metadata.txt"), new byte[1]);
        Files.write(
                Files.createDirectories(ready.resolve("HpxFinder/Norder3/Dir0")).resolve("Npix1"), new byte[1]);
        make(fake("make"), survey, ALL);
        Files.delete(blank);
        AtomicFiles.deleteTree(ready.resolve("HpxFinder"));
        Files.delete(ready.resolve("metadata.txt"));
        replaceInProperties("= Aladin/HipsGen v0", "= test with Aladin/HipsGen v0");
        assertThat(survey.resolve(ManifestName.PROVENANCE)).content().contains("\"name\" : \"aladin\"");
        assertThat(filesBesideThoseThatNameTheMaker(survey)).isEqualTo(filesBesideThoseThatNameTheMaker(ready));
        assertThat(Files.readAllBytes(map)).isEqualTo(before);
        assertThat(names()).containsExactly("fake aladin.jar", "map.fits", "ready", "survey");
        assertThat(progress.phases())
                .extracting(Progress.Phase::name)
                .contains("copy map", "hipsgen maptiles", "hipsgen jpeg", "take over", "check", "publish");
    }

    private static List<String> filesBesideThoseThatNameTheMaker(Path folder) throws IOException {
        return TreeManifest.ofBytes(folder)
                .lines()
                .filter(line -> !line.endsWith(ManifestName.ROOT) && !line.endsWith(ManifestName.PROVENANCE))
                .toList();
    }

    private static byte[] blankTile(int width) {
        PixelFormat format = PixelFormat.of(PixelType.FLOAT32);
        byte[] data = new byte[width * width * 4];
        for (int i = 0; i < width * width; i++) {
            format.putBlank(data, i);
        }
        return FitsImage.encode(width, width, format, data, cards -> {});
    }

    @Test
    void publishesTheFormatsThatWereAskedForOnly() throws IOException {
        make(fake("make"), survey, TileFormat.PNG);
        assertThat(TreeManifest.ofBytes(survey)).contains(".png", "Moc.fits").doesNotContain("Npix0.fits", "Npix0.jpg");
        assertThat(Files.readAllBytes(survey.resolve("Moc.fits")))
                .isEqualTo(Files.readAllBytes(ready.resolve("Moc.fits")));
        assertThat(Files.readAllBytes(survey.resolve("preview.jpg")))
                .isEqualTo(Files.readAllBytes(ready.resolve("preview.jpg")));
    }

    @Test
    void aTileThatIsMissingIsFailure() throws IOException {
        Files.delete(ready.resolve("Norder2/Dir0/Npix9.png"));
        assertFailsWithLog("make", "expected 85 png tiles as planned, found 84");
    }

    @Test
    void aTileThatIsDamagedIsFailure() throws IOException {
        Path tile = ready.resolve("Norder1/Dir0/Npix3.fits");
        Files.write(tile, Arrays.copyOf(Files.readAllBytes(tile), 2900));
        assertFailsWithLog("make", "Norder1/Dir0/Npix3.fits", "truncated");
    }

    @Test
    void aTileOfAnotherSizeIsFailure() throws IOException {
        Files.write(ready.resolve("Norder3/Dir0/Npix0.fits"), blankTile(8));
        assertFailsWithLog("make", "Npix0.fits", "expected 4×4 pixels", "found 8×8");
    }

    @Test
    void aSurveyOfAnotherOrderOrFrameIsFailure() throws IOException {
        replaceInProperties("hips_order           = 3", "hips_order           = 4");
        assertFailsWithLog("make", "expected hips_order = 3 as planned, found 4");
        replaceInProperties("hips_order           = 4", "hips_order           = 3");
        replaceInProperties("= galactic", "= equatorial");
        assertFailsWithLog("make", "expected hips_frame = galactic as planned, found equatorial");
    }

    @Test
    void noSurveyAtAllIsFailure() throws IOException {
        AtomicFiles.deleteTree(ready);
        Files.createDirectories(ready);
        assertFailsWithLog("make", "expected 'properties', found no such file");
    }

    @Test
    void aDeadProgramIsFailureAndTheNextRunClearsAway() throws IOException {
        assertFailsWithLog(
                "die",
                "Hipsgen's action MAPTILES stopped (exit status 1) before it was done",
                "java.io.IOException: no more memory");
        assertThat(Files.readString(log())).contains("at org.hipsnode.generate.FakeAladin.main");
        make(Engine.NATIVE, survey, TileFormat.FITS);
        assertThat(names()).containsExactly("fake aladin.jar", "map.fits", "ready", "survey");
    }

    @Test
    void aFailureLeavesTheReleaseBefore() throws IOException {
        make(Engine.NATIVE, survey, TileFormat.FITS);
        String before = TreeManifest.ofBytes(survey);
        assertThatThrownBy(() -> make(fake("die"), survey, ALL)).isInstanceOf(IOException.class);
        assertThat(TreeManifest.ofBytes(survey)).isEqualTo(before);
    }

    @Test
    void cancellingLeavesNothing() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> running = thread.submit(() -> {
                make(fake("hang"), survey, ALL);
                return null;
            });
            while (progress.phases().stream().noneMatch(p -> p.name().equals("hipsgen maptiles"))) {
                assertThat(running.isDone()).isFalse();
                Thread.onSpinWait();
            }
            progress.cancel();
            assertThatThrownBy(() -> running.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(CancellationException.class);
            assertThat(names()).containsExactly("fake aladin.jar", "map.fits", "ready");
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void anAladinThatIsNotThereIsToldHowToInstall() {
        Engine nowhere = new Engine.Aladin(Optional.of(folder.resolve("nowhere.jar")), Duration.ofSeconds(1));
        assertThatThrownBy(() -> make(nowhere, survey, ALL))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("nowhere.jar': expected Aladin")
                .hasMessageContaining("apt-get install aladin")
                .hasMessageContaining("--aladin-jar");
    }

    @Test
    void whatItCannotDoIsRefusedBeforeAnythingIsWritten() throws IOException {
        map = TestMap.wholeSky(32, "NESTED").column("VALUE", 'K', 1024, i -> i).write(folder.resolve("map.fits"));
        assertThatThrownBy(() -> make(fake("make"), survey, ALL))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--engine native");
        assertThat(names()).containsExactly("fake aladin.jar", "map.fits", "ready");
    }

    @Test
    void theExactCommandsArePartOfThePlan() throws IOException {
        SurveyDefinition definition = new SurveyDefinition(
                new MapFile(map, OptionalInt.empty(), Optional.empty(), Optional.empty()),
                Tiles.of(List.of(ALL), OptionalInt.empty(), OptionalInt.empty()),
                Display.of(Optional.of("0 99"), Optional.of("sqrt"), Optional.empty()),
                HipsProperties.empty().with("creator_did", "ivo://test/P/map"),
                fake("make"));
        try (Generation generation = Generation.prepare(definition, "map", 2, progress)) {
            assertThat(generation.facts()).containsEntry("engine", "aladin").containsKeys("source", "hipsgen-2");
            assertThat(String.valueOf(generation.facts().get("hipsgen-1")))
                    .endsWith(" -jar '" + folder.resolve("fake aladin.jar") + "' -hipsgen in=map.fits out=survey"
                            + " id=ivo://test/P/map frame=galactic order=3 'pixelCut=0.0 99.0 sqrt' maxThread=2");
        }
    }
}
