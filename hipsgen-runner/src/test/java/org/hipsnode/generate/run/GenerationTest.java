package org.hipsnode.generate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.hipsnode.SharedData;
import org.hipsnode.check.Finding;
import org.hipsnode.check.ManifestCheck;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.generate.TestMap;
import org.hipsnode.generate.write.KeywordList;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.Digests;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.moc.MocFits;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.LockedException;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.survey.SurveyDefinition.Display;
import org.hipsnode.survey.SurveyDefinition.MapFile;
import org.hipsnode.survey.SurveyDefinition.Tiles;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTest {
    private static final String BUILDER = "hipsnode/test";

    @TempDir
    private Path folder;

    private static Progress progress() {
        return new Progress(new AtomicLong()::incrementAndGet);
    }

    /** A sky of nside 32 with a bright plane, some blank cells, and structure in every pixel. */
    private Path map() throws IOException {
        HealpixGrid grid = HealpixGrid.ofOrder(5);
        Path file = TestMap.wholeSky(32, "RING")
                .card("TUNIT1", "K")
                .card("DATE", "2026-03-01T12:00:00")
                .column("TEMPERATURE", 'E', 1024, ring -> {
                    SkyPoint p = grid.centre(grid.ringToNested(ring));
                    return ring % 3000 < 100 ? -1.6375e30 : 10 / (0.02 + Math.abs(p.latRadians())) + ring % 7;
                })
                .write(folder.resolve("map.fits"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-05-05T00:00:00Z")));
        return file;
    }

    private static SurveyDefinition definition(Path map, TileFormat... formats) {
        // few tiles, so that a test does not spend its time on files
        return definition(map, 8, formats);
    }

    private static SurveyDefinition definition(Path map, int tileWidth, TileFormat... formats) {
        return new SurveyDefinition(
                new MapFile(map, OptionalInt.empty(), Optional.empty(), Optional.empty()),
                Tiles.of(List.of(formats), OptionalInt.of(tileWidth), OptionalInt.empty()),
                Display.FROM_DATA,
                HipsProperties.empty().with("creator_did", "ivo://test/P/map").with("obs_title", "A test"));
    }

    private Publication make(SurveyDefinition definition, Path survey, int workers) throws IOException {
        Progress progress = progress();
        try (Generation generation = Generation.prepare(definition, "map", workers, progress)) {
            return generation.make(survey, workers, progress, BUILDER);
        }
    }

    @Test
    void theSameInputGivesTheSameBytesWhateverTheWorkers() throws IOException {
        SurveyDefinition definition =
                definition(map(), TileFormat.FITS, TileFormat.PNG, TileFormat.JPEG, TileFormat.WEBP);
        make(definition, folder.resolve("one"), 1);
        make(definition, folder.resolve("four"), 4);
        assertThat(TreeManifest.ofBytes(folder.resolve("four"))).isEqualTo(TreeManifest.ofBytes(folder.resolve("one")));
    }

    /** The whole survey against the reviewed list; -Dbless=true writes it anew. */
    @Test
    void makesTheReviewedSurvey() throws IOException {
        make(definition(map(), 4, TileFormat.FITS, TileFormat.PNG, TileFormat.JPEG), folder.resolve("survey"), 2);
        String found = TreeManifest.ofContent(folder.resolve("survey"));
        String properties = Files.readString(folder.resolve("survey/properties"))
                .replaceAll("(?m)^(hips_check_code|hips_estsize) .*\n", "");
        if (Boolean.getBoolean("bless")) {
            Path golden = SharedData.project().resolve("hipsgen-runner/src/test/resources/golden");
            Files.createDirectories(golden);
            Files.writeString(golden.resolve("survey.txt"), found);
            Files.writeString(golden.resolve("properties.txt"), properties);
        }
        assertThat(properties).isEqualTo(golden("properties.txt"));
        assertThat(found).isEqualTo(golden("survey.txt"));
    }

    private static String golden(String name) throws IOException {
        try (var in = GenerationTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(
                    java.util.Objects.requireNonNull(in).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** A definition by which the survey could be told from any other. */
    private SurveyDefinition fullDefinition() throws IOException {
        return new SurveyDefinition(
                new MapFile(map(), OptionalInt.empty(), Optional.empty(), Optional.empty()),
                Tiles.of(List.of(TileFormat.PNG, TileFormat.FITS), OptionalInt.of(4), OptionalInt.of(2)),
                Display.of(Optional.of("1% 99%"), Optional.empty(), Optional.of("viridis")),
                HipsProperties.empty()
                        .with("creator_did", "ivo://test/P/map")
                        .withAll("obs_regime", List.of("Radio", "Infrared"))
                        .with("obs_ack", "with \"quotes\", 20 µm: # no comment"));
    }

    @Test
    void everyByteIsInTheManifestThatWasMadeInPassing() throws IOException {
        Path survey = folder.resolve("survey");
        make(definition(map(), 4, TileFormat.FITS, TileFormat.PNG, TileFormat.JPEG), survey, 3);
        List<Finding> findings = new ArrayList<>();
        ManifestRoot root =
                ManifestCheck.check(survey, 2, progress(), findings::add).orElseThrow();
        assertThat(findings).isEmpty();
        assertThat(root.head().creatorDid()).contains("ivo://test/P/map");
        assertThat(root.head().releaseDate()).contains("2026-03-01T12:00Z");
        assertThat(root.trees()).hasSize(4 * 3);
        assertThat(root.files()).containsKeys("properties", ".hipsnode/provenance.json", "Norder3/Allsky.jpg");
        assertThat(Files.readString(survey.resolve("properties")))
                .contains("hips_manifest_url    = .hipsnode/manifest.json\n");
    }

    @Test
    void aManifestSaysWhichReleaseItFollows() throws IOException {
        Path survey = folder.resolve("survey");
        make(definition(map(), TileFormat.FITS), survey, 2);
        ManifestRoot first = root(survey);
        make(definition(map(), TileFormat.FITS), survey, 1);
        assertThat(root(survey).toBytes()).isEqualTo(first.toBytes());
        make(definition(map(), TileFormat.PNG), survey, 2);
        assertThat(root(survey).head().generation()).isEqualTo(2);
        assertThat(root(survey).head().parent()).contains(first.digest());
        Files.writeString(survey.resolve(ManifestName.ROOT), "damaged");
        make(definition(map(), TileFormat.FITS), survey, 2);
        assertThat(root(survey).toBytes()).isEqualTo(first.toBytes());
    }

    private static ManifestRoot root(Path survey) throws IOException {
        return new ManifestReader(new FolderStore(survey)).root().orElseThrow();
    }

    @Test
    void theDefinitionInTheProvenanceMakesTheSameSurvey() throws IOException {
        Path survey = folder.resolve("survey");
        make(fullDefinition(), survey, 2);
        String provenance = Files.readString(survey.resolve(ManifestName.PROVENANCE));
        assertThat(provenance)
                .contains("\"sha256\" : \"" + Digests.sha256(folder.resolve("map.fits")) + "\"")
                .contains("\"bytes\" : " + Files.size(folder.resolve("map.fits")))
                .contains("\"software\" : \"" + BUILDER + "\"")
                .contains("\"hdu\" : 1", "\"column\" : \"TEMPERATURE\"", "\"frame\" : \"galactic\"")
                .doesNotContain(folder.toString());
        int start = provenance.indexOf("\"definition\" : ") + "\"definition\" : ".length();
        Path definition = Files.writeString(
                folder.resolve("again.yaml"), provenance.substring(start, provenance.lastIndexOf('}')));
        make(SurveyDefinition.read(definition), folder.resolve("again"), 1);
        assertThat(TreeManifest.ofBytes(folder.resolve("again"))).isEqualTo(TreeManifest.ofBytes(survey));
    }

    @Test
    void aNewReleaseReplacesTheOldOneOfTheSameSurvey() throws IOException {
        Path survey = folder.resolve("survey");
        make(definition(map(), TileFormat.FITS), survey, 2);
        assertThat(survey.resolve("Norder0/Dir0/Npix0.fits")).exists();
        make(definition(map(), TileFormat.PNG), survey, 2);
        assertThat(survey.resolve("Norder0/Dir0/Npix0.png")).exists();
        assertThat(survey.resolve("Norder0/Dir0/Npix0.fits")).doesNotExist();
        assertThat(names(folder)).containsExactlyInAnyOrder("map.fits", "survey");
    }

    private static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(folder)) {
            entries.forEach(e -> names.add(String.valueOf(e.getFileName())));
        }
        return names;
    }

    @Test
    void leavesAnotherSurveyAndOtherFilesAlone() throws IOException {
        Path survey = folder.resolve("survey");
        Files.createDirectories(survey);
        Files.writeString(survey.resolve("thesis.tex"), "precious");
        assertThatThrownBy(() -> make(definition(map(), TileFormat.PNG), survey, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("survey': expected an empty folder")
                .hasMessageContaining("found other files; choose another --out");
        Files.writeString(survey.resolve("properties"), "creator_did = ivo://other/P/x\n");
        assertThatThrownBy(() -> make(definition(map(), TileFormat.PNG), survey, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("expected an older release of ivo://test/P/map, found ivo://other/P/x");
        assertThat(names(survey)).containsExactlyInAnyOrder("thesis.tex", "properties");
    }

    /** Its id is made up from the folder's name, so it says nothing. */
    @Test
    void aSurveyWithoutANameGivesWayOnlyToOneFromTheSameMap() throws IOException {
        Path survey = folder.resolve("survey");
        Path map = map();
        make(unnamed(map), survey, 1);
        make(unnamed(map), survey, 1);
        Path other = Files.copy(map, folder.resolve("other.fits"));
        assertThatThrownBy(() -> make(unnamed(other), survey, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "expected a survey made from other.fits HDU 1 TEMPERATURE, found one made from map.fits");
    }

    private static SurveyDefinition unnamed(Path map) {
        return with(map, HipsProperties.empty());
    }

    private static SurveyDefinition with(Path map, HipsProperties keywords) {
        SurveyDefinition named = definition(map, TileFormat.PNG);
        return new SurveyDefinition(named.source(), named.tiles(), named.display(), keywords);
    }

    @Test
    void refusesKeywordsThatWouldBeOverruledAndAStatusThatNobodyCanRead() throws IOException {
        Path map = map();
        Path survey = folder.resolve("survey");
        assertThatThrownBy(() -> make(with(map, HipsProperties.empty().with("hips_order", "9")), survey, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("keyword hips_order cannot be given");
        assertThatThrownBy(() -> make(with(map, HipsProperties.empty().with("hips_status", "privat")), survey, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("found 'privat'");
        assertThat(survey).doesNotExist();
    }

    /** What is computed cannot be given, and nothing else is refused: each computed keyword is refused by name. */
    @Test
    void everyKeywordThatIsComputedIsRefused() throws IOException {
        Path map = map();
        Path survey = folder.resolve("survey");
        make(with(map, HipsProperties.empty()), survey, 1);
        HipsProperties made = HipsProperties.parse(Files.readAllBytes(survey.resolve("properties")), "properties");
        for (String key : made.keys()) {
            HipsProperties given = HipsProperties.empty().with(key, "strange");
            try {
                KeywordList.requireGivable(given);
            } catch (ConfigException e) {
                continue;
            }
            if (key.equals("hips_release_date") || key.startsWith("hips_initial")) {
                continue; // read as dates and numbers elsewhere
            }
            make(with(map, given.with("creator_did", "ivo://test/P/x")), folder.resolve(key), 1);
            assertThat(HipsProperties.parse(
                                    Files.readAllBytes(folder.resolve(key).resolve("properties")), key)
                            .value(key))
                    .as(key)
                    .contains(key.equals("creator_did") ? "ivo://test/P/x" : "strange");
        }
    }

    @Test
    void twoRunsAtOnceDoNotMeet() throws IOException {
        Path survey = folder.resolve("survey");
        Path map = map();
        try (FolderPublication other = FolderPublication.begin(survey)) {
            assertThat(other.staged()).exists();
            assertThatThrownBy(() -> make(definition(map, TileFormat.PNG), survey, 1))
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining("survey' is being written by another run (process ");
        }
        make(definition(map, TileFormat.PNG), survey, 1);
        assertThat(survey.resolve("properties")).exists();
    }

    @Test
    void aCancelledRunLeavesTheOldReleaseInPlaceAndTheNextClearsUp() throws IOException {
        Path survey = folder.resolve("survey");
        make(definition(map(), TileFormat.PNG), survey, 2);
        String before = TreeManifest.ofBytes(survey);
        Progress progress = progress();
        try (Generation generation =
                Generation.prepare(definition(map(), TileFormat.PNG, TileFormat.FITS), "map", 2, progress)) {
            progress.cancel();
            assertThatThrownBy(() -> generation.make(survey, 2, progress, BUILDER))
                    .isInstanceOf(CancellationException.class);
        }
        assertThat(TreeManifest.ofBytes(survey)).isEqualTo(before);
        make(definition(map(), TileFormat.PNG), survey, 2);
        assertThat(TreeManifest.ofBytes(survey)).isEqualTo(before);
        assertThat(names(folder)).containsExactlyInAnyOrder("map.fits", "survey");
    }

    @Test
    void theCheckFindsNothingWrongWithWhatIsMade() throws IOException {
        Publication made = make(
                definition(map(), 4, TileFormat.FITS, TileFormat.PNG, TileFormat.JPEG), folder.resolve("survey"), 2);
        assertThat(made.findings())
                .filteredOn(f -> f.severity() != Finding.Severity.INFO)
                .allMatch(f -> f.message().equals("recommended, but missing"));
        assertThat(made.tiles()).containsEntry(TileFormat.FITS, made.tiles().get(TileFormat.PNG));
    }

    @Test
    void aLowerOrderIsTheAverageOfTheMap() throws IOException {
        SurveyDefinition whole = definition(map(), TileFormat.FITS);
        make(whole, folder.resolve("whole"), 2);
        SurveyDefinition low = new SurveyDefinition(
                whole.source(),
                Tiles.of(List.of(TileFormat.FITS), OptionalInt.of(8), OptionalInt.of(1)),
                whole.display(),
                whole.keywords());
        make(low, folder.resolve("low"), 2);
        assertThat(folder.resolve("low/Norder2")).doesNotExist();
        for (String tile : List.of("Norder0/Dir0/Npix3.fits", "Norder1/Dir0/Npix17.fits")) {
            assertThat(Files.readAllBytes(folder.resolve("low").resolve(tile)))
                    .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve(tile)));
        }
        assertThat(Files.readString(folder.resolve("low/properties"))).contains("hips_order           = 1\n");
    }

    @Test
    void coverageIsThatOfThePixelsInTheFrameOfTheTiles() throws IOException {
        make(definition(map(), TileFormat.FITS), folder.resolve("survey"), 2);
        MocFits.Content own = MocFits.read(Files.readAllBytes(folder.resolve("survey/Moc.fits")), "Moc.fits");
        MocFits.Content icrs = MocFits.read(Files.readAllBytes(folder.resolve("survey/SMoc.fits")), "SMoc.fits");
        assertThat(own.coordsys()).contains("G");
        assertThat(icrs.coordsys()).contains("C");
        HealpixGrid grid = HealpixGrid.ofOrder(5);
        for (long ring = 0; ring < grid.pixelCount(); ring++) {
            assertThat(own.moc().containsCell(5, grid.ringToNested(ring))).isEqualTo(ring % 3000 >= 100);
        }
    }

    @Test
    void tilesCarryTheUnitAndAllskyIsMadeOfThem() throws IOException {
        make(definition(map(), 4, TileFormat.FITS), folder.resolve("survey"), 2);
        FitsImage tile =
                FitsImage.parse(Files.readAllBytes(folder.resolve("survey/Norder3/Dir0/Npix400.fits")), "tile");
        assertThat(tile.header().text("BUNIT")).contains("K");
        FitsImage allsky = FitsImage.parse(Files.readAllBytes(folder.resolve("survey/Norder3/Allsky.fits")), "Allsky");
        assertThat(allsky.width()).isEqualTo(27 * 4);
        assertThat(allsky.height()).isEqualTo(29 * 4);
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                assertThat(allsky.physical(29 * 4 - (400 / 27 + 1) * 4 + row, 400 % 27 * 4 + column))
                        .isEqualTo(Double.valueOf(tile.physical(row, column)));
            }
        }
    }

    @Test
    void theReleaseDateIsGivenOrTheMapsOrItsFiles() throws IOException {
        make(definition(map(), TileFormat.PNG), folder.resolve("a"), 1);
        assertThat(Files.readString(folder.resolve("a/properties")))
                .contains("hips_release_date    = 2026-03-01T12:00Z\n");
        Path undated = TestMap.wholeSky(8, "RING").column("V", 'E', 1, p -> p).write(folder.resolve("undated.fits"));
        Files.setLastModifiedTime(undated, FileTime.from(Instant.parse("2026-05-05T06:07:08Z")));
        make(definition(undated, TileFormat.PNG), folder.resolve("b"), 1);
        assertThat(Files.readString(folder.resolve("b/properties")))
                .contains("hips_release_date    = 2026-05-05T06:07Z\n");
    }

    /** Aladin Desktop and WorldWide Telescope pass over webp tiles. */
    @Test
    void saysThatSomeViewersDoNotShowWebp() throws IOException {
        Path map = map();
        assertThat(warnings(definition(map, TileFormat.WEBP)))
                .anyMatch(w -> w.startsWith("webp alone is shown neither"));
        assertThat(warnings(definition(map, TileFormat.WEBP, TileFormat.PNG))).noneMatch(w -> w.contains("webp"));
    }

    private List<String> warnings(SurveyDefinition definition) throws IOException {
        try (Generation generation = Generation.prepare(definition, "map", 1, progress())) {
            return generation.warnings();
        }
    }

    @Test
    void refusesWhatCannotBeMade() throws IOException {
        assertThatThrownBy(() -> make(definition(map(), TileFormat.TSV), folder.resolve("s"), 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("of fits, png, jpeg and webp, found tsv");
        Path empty =
                TestMap.wholeSky(8, "RING").column("V", 'E', 1, p -> Double.NaN).write(folder.resolve("empty.fits"));
        assertThatThrownBy(() -> make(definition(empty, TileFormat.PNG), folder.resolve("s"), 1))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("empty.fits[1] V': expected some pixels with a value, found none");
        for (Display wrong : List.of(
                Display.of(Optional.of("5 4"), Optional.empty(), Optional.empty()),
                Display.of(Optional.empty(), Optional.of("cubic"), Optional.empty()),
                Display.of(Optional.empty(), Optional.empty(), Optional.of("rainbow")))) {
            SurveyDefinition definition = definition(map(), TileFormat.PNG);
            assertThatThrownBy(() -> make(
                            new SurveyDefinition(definition.source(), definition.tiles(), wrong, definition.keywords()),
                            folder.resolve("s"),
                            1))
                    .isInstanceOf(ConfigException.class);
        }
        assertThat(names(folder)).containsExactlyInAnyOrder("map.fits", "empty.fits");
    }

    @Test
    void aMapThatShrinksWhileItIsReadIsSaidSo() throws IOException {
        Path map =
                TestMap.wholeSky(256, "NESTED").column("V", 'E', 1024, p -> p).write(folder.resolve("map.fits"));
        Progress progress = progress();
        try (Generation generation = Generation.prepare(definition(map, TileFormat.FITS), "map", 2, progress)) {
            try (var channel = java.nio.channels.FileChannel.open(map, java.nio.file.StandardOpenOption.WRITE)) {
                channel.truncate(100_000);
            }
            assertThatThrownBy(() -> generation.make(folder.resolve("s"), 2, progress, BUILDER))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("became shorter while it was read");
        }
        assertThat(folder.resolve("s")).doesNotExist();
    }

    @Test
    void makesTheTilesOfHipsgenBitForBit() throws IOException {
        Path map = SharedData.require("healpix/gaia_dr2_rv_nside256_nested.fits");
        SurveyDefinition definition = definition(map, TileFormat.FITS);
        make(
                new SurveyDefinition(
                        definition.source(),
                        Tiles.of(List.of(TileFormat.FITS), OptionalInt.of(32), OptionalInt.empty()),
                        definition.display(),
                        definition.keywords()),
                folder.resolve("survey"),
                2);
        for (int tile = 0; tile < 768; tile++) {
            String name = "Norder3/Dir0/Npix" + tile + ".fits";
            FitsImage theirs =
                    FitsImage.parse(Files.readAllBytes(SharedData.require("hips/aladin-gaia/" + name)), name);
            FitsImage ours =
                    FitsImage.parse(Files.readAllBytes(folder.resolve("survey").resolve(name)), name);
            assertThat(ours.data()).as(name).isEqualTo(theirs.data());
        }
    }
}
