package org.hipsnode.generate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hipsnode.check.Finding;
import org.hipsnode.check.ManifestCheck;
import org.hipsnode.generate.TestMap;
import org.hipsnode.generate.TestPicture;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.progress.Progress;
import org.hipsnode.survey.SurveyDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on where another was stopped, and releases that keep what has not changed. */
class RestartTest {
    private static final String USUAL = "tiles: {formats: [png, fits], width: 4}\ndisplay: {cut: 0 100}\n";

    @TempDir
    private Path folder;

    private Path survey = Path.of("");

    @BeforeEach
    void makeMap() throws IOException {
        writeMap(-1);
        survey = folder.resolve("survey");
    }

    /** Writes a map of nside 16 in which one pixel may be another. */
    private void writeMap(long changed) throws IOException {
        Path map = TestMap.wholeSky(16, "NESTED")
                .card("COORDSYS", "G")
                .card("DATE", "2026-03-01T12:00:00")
                .column("V", 'E', 1, p -> p == changed ? 77 : p % 100)
                .write(folder.resolve("map.fits"));
        Files.setLastModifiedTime(
                map, FileTime.from(Instant.parse("2026-05-05T00:00:00Z").plusSeconds(changed)));
    }

    private SurveyDefinition definition(String more) throws IOException {
        return SurveyDefinition.read(Files.writeString(
                folder.resolve("definition.yaml"), "id: ivo://test/P/x\nsource: {map: map.fits}\n" + more));
    }

    private Publication make(String more, Path to) throws IOException {
        return Runs.make(definition(more), to);
    }

    private Map<String, Object> facts(String more) throws IOException {
        return Runs.facts(definition(more), survey);
    }

    private void stop(String more, int tiles) throws IOException {
        Runs.stop(definition(more), survey, tiles);
    }

    private Path work() {
        return folder.resolve(".survey.hipsnode");
    }

    private void assertSameAsUndisturbed(String more) throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        make(more, undisturbed);
        assertThat(TreeManifest.ofContent(survey)).isEqualTo(TreeManifest.ofContent(undisturbed));
        assertSound();
        assertThat(work()).doesNotExist();
    }

    private void assertSound() throws IOException {
        List<Finding> findings = new ArrayList<>();
        ManifestCheck.check(survey, 1, Runs.progress(), findings::add);
        assertThat(findings).isEmpty();
    }

    @Test
    void aStoppedRunIsGoneOnWith() throws IOException {
        stop(USUAL, 20);
        assertThat(survey).doesNotExist();
        assertThat(work().resolve("journal")).exists();
        assertThat(facts(USUAL)).containsEntry("continues", "a run of the same that was stopped");
        assertThat(make(USUAL, survey).kept()).isGreaterThanOrEqualTo(2 * 20L);
        assertSameAsUndisturbed(USUAL);
    }

    @Test
    void aStoppedRunOfABodyIsGoneOnWithToo() throws IOException {
        BufferedImage map = TestPicture.colours(128, 64, (x, y) -> 0xff000000 | x << 16 | y << 8 | x * y % 256);
        TestPicture.write(map, folder.resolve("mars.png"));
        SurveyDefinition mars = SurveyDefinition.read(Files.writeString(folder.resolve("mars.yaml"), """
                id: ivo://test/P/mars
                source: {body-map: mars.png, body: mars}
                tiles: {formats: [png], width: 8}
                """));
        Runs.stop(mars, survey, 20);
        assertThat(survey).doesNotExist();
        assertThat(Runs.facts(mars, survey)).containsEntry("continues", "a run of the same that was stopped");
        assertThat(Runs.make(mars, survey).kept()).isGreaterThanOrEqualTo(20);
        Path undisturbed = folder.resolve("undisturbed");
        Runs.make(mars, undisturbed);
        assertThat(TreeManifest.ofContent(survey)).isEqualTo(TreeManifest.ofContent(undisturbed));
        assertSound();
    }

    @Test
    void whatAStoppedRunLeftIsProvenBeforeItIsTaken() throws IOException {
        stop(USUAL, 40);
        List<Path> left;
        try (Stream<Path> files = Files.walk(work().resolve("release"))) {
            left = files.filter(f -> f.toString().matches(".*Npix\\d+\\.\\w+"))
                    .sorted()
                    .toList();
        }
        byte[] flipped = Files.readAllBytes(left.get(1));
        flipped[flipped.length / 2] ^= 4;
        Files.write(left.get(1), flipped);
        Files.write(left.get(2), new byte[0]);
        Files.delete(left.get(3));
        Files.writeString(
                left.get(0).resolveSibling("Npix700000.png"), "half a tile of which the journal does not tell");
        Files.writeString(
                work().resolve("journal"), Files.readString(work().resolve("journal")) + "0123456789abcdef01");
        make(USUAL, survey);
        assertSameAsUndisturbed(USUAL);
    }

    @Test
    void anotherWorkStartsAnew() throws IOException {
        stop(USUAL, 20);
        String other = USUAL.replace("0 100", "0 50");
        assertThat(facts(other)).doesNotContainKey("continues");
        assertThat(make(other, survey).kept()).isZero();
        assertSameAsUndisturbed(other);
    }

    @Test
    void anotherInputStartsAnew() throws IOException {
        stop(USUAL, 20);
        writeMap(1000);
        assertThat(make(USUAL, survey).kept()).isZero();
        assertSameAsUndisturbed(USUAL);
    }

    @Test
    void aJournalOfNonsenseStartsAnew() throws IOException {
        stop(USUAL, 20);
        byte[] nonsense = new byte[5000];
        new java.util.Random(1).nextBytes(nonsense);
        Files.write(work().resolve("journal"), nonsense);
        make(USUAL, survey);
        assertSameAsUndisturbed(USUAL);
    }

    @Test
    void nothingIsMadeAgainWhereNothingChanged() throws IOException {
        Publication first = make(USUAL, survey);
        byte[] root = Files.readAllBytes(survey.resolve(".hipsnode/manifest.json"));
        assertThat(facts(USUAL))
                .containsEntry("tiles-png", "all kept: nothing that they depend on has changed")
                .containsEntry("tiles-fits", "all kept: nothing that they depend on has changed");
        Publication again = make(USUAL, survey);
        assertThat(again.kept())
                .isEqualTo(first.tiles().values().stream().mapToLong(n -> n).sum());
        assertThat(survey.resolve(".hipsnode/manifest.json")).hasBinaryContent(root);
        assertSound();
    }

    @Test
    void anotherDisplayMakesThePicturesAgainAndKeepsTheValues() throws IOException {
        Publication first = make(USUAL, survey);
        String other = USUAL.replace("0 100", "0 50");
        assertThat(facts(other))
                .containsEntry("tiles-png", "all made: cut was '0 100', is '0 50'")
                .containsEntry("tiles-fits", "all kept: nothing that they depend on has changed");
        Object tile = Files.getAttribute(survey.resolve("Norder2/Dir0/Npix5.fits"), "unix:ino");
        assertThat(make(other, survey).kept()).isEqualTo(first.tiles().get(org.hipsnode.tile.TileFormat.FITS));
        assertThat(Files.getAttribute(survey.resolve("Norder2/Dir0/Npix5.fits"), "unix:ino"))
                .isEqualTo(tile);
        assertSameAsUndisturbedButGeneration(other);
    }

    private void assertSameAsUndisturbedButGeneration(String more) throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        make(more, undisturbed);
        assertThat(TreeManifest.ofContent(survey).replaceAll("(?m)^.*manifest\\.json.*$", ""))
                .isEqualTo(TreeManifest.ofContent(undisturbed).replaceAll("(?m)^.*manifest\\.json.*$", ""));
        assertSound();
    }

    @Test
    void aNewFormatIsMadeBesideTheOldOnes() throws IOException {
        make(USUAL, survey);
        String other = USUAL.replace("fits]", "fits, jpeg]");
        assertThat(facts(other)).containsEntry("tiles-jpeg", "all made: the release before has none");
        make(other, survey);
        assertSameAsUndisturbedButGeneration(other);
    }

    /** One pixel of the map: one tile of each order, in each format. */
    @Test
    void aChangedPixelMakesItsTileAndTheAncestorsAgain() throws IOException {
        Publication first = make(USUAL, survey);
        writeMap(1000);
        assertThat(facts(USUAL))
                .containsEntry("tiles-png", "some kept: the input changed; tiles with the same pixels are kept");
        long tiles = first.tiles().getOrDefault(org.hipsnode.tile.TileFormat.PNG, 0L);
        // fits tiles are made to be compared; of the pictures only those that changed
        assertThat(make(USUAL, survey).kept()).isEqualTo(tiles - 3);
        assertSameAsUndisturbedButGeneration(USUAL);
    }

    @Test
    void withoutValuesAChangedInputMakesAllAgain() throws IOException {
        String pictures = USUAL.replace("[png, fits]", "[png]");
        make(pictures, survey);
        writeMap(1000);
        assertThat(String.valueOf(facts(pictures).get("tiles-png")))
                .startsWith("all made: the input changed, and without fits");
        assertThat(make(pictures, survey).kept()).isZero();
        assertSameAsUndisturbedButGeneration(pictures);
    }

    @Test
    void aDamagedTileOfTheReleaseBeforeIsNotCarriedOn() throws IOException {
        make(USUAL, survey);
        for (String name : List.of("Norder2/Dir0/Npix5.fits", "Norder1/Dir0/Npix7.png")) {
            byte[] bytes = Files.readAllBytes(survey.resolve(name));
            bytes[bytes.length / 2] ^= 1;
            Files.write(survey.resolve(name), bytes);
        }
        Files.delete(survey.resolve("Norder0/Dir0/Npix3.png"));
        make(USUAL, survey);
        assertSameAsUndisturbed(USUAL);
    }

    @Test
    void anInputThatChangesWhileItIsReadIsRefused() throws IOException {
        make(USUAL, survey);
        String before = TreeManifest.ofBytes(survey);
        Progress progress = Runs.progress();
        try (Generation generation = Generation.prepare(definition(USUAL), "x", 1, progress)) {
            writeMap(500);
            assertThatThrownBy(() -> generation.make(survey, 1, progress, Runs.BUILDER))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("map.fits' changed while it was read")
                    .hasMessageContaining("nothing is published");
        }
        assertThat(TreeManifest.ofBytes(survey)).isEqualTo(before);
        assertThat(work()).doesNotExist();
    }
}
