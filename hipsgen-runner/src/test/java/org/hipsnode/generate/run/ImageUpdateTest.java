package org.hipsnode.generate.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipsnode.check.Finding;
import org.hipsnode.check.ManifestCheck;
import org.hipsnode.generate.TestImage;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.survey.SurveyDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Surveys of 500 images of which one is changed, comes or goes: only the tiles that it touches are made. */
class ImageUpdateTest {
    private static final double SCALE = 0.05;
    private static final int COLUMNS = 25;

    @TempDir
    private Path folder;

    private Path survey = Path.of("");

    @BeforeEach
    void nameSurvey() {
        survey = folder.resolve("survey");
    }

    private void writeImages(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            write(i, i);
        }
    }

    private Path write(int number, double value) throws IOException {
        return TestImage.around(100 + number % COLUMNS, -10 + number / COLUMNS, SCALE, 22, (x, y) -> value + x / 100.0)
                .card("DATE", "2026-03-01T12:00:00")
                .write(file(number));
    }

    private Path file(int number) {
        return folder.resolve(String.format("images/%03d.fits", number));
    }

    private SurveyDefinition definition(String formats) throws IOException {
        return SurveyDefinition.read(Files.writeString(
                folder.resolve("definition.yaml"),
                "id: ivo://test/P/x\nsource: {images: [images]}\ndisplay: {cut: 0 500}\ntiles: {formats: [" + formats
                        + "], width: 64}\n"));
    }

    private Publication make(String formats, Path to) throws IOException {
        return Runs.make(definition(formats), to);
    }

    private Map<String, Object> facts(String formats) throws IOException {
        return Runs.facts(definition(formats), survey);
    }

    private Set<String> tiles() throws IOException {
        try (Stream<Path> files = Files.walk(survey)) {
            return files.filter(file -> file.toString().matches(".*Npix\\d+\\.\\w+"))
                    .map(file -> survey.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Returns the tiles that are no links to files of the release before. */
    private Set<String> made(Map<String, Object> inodesBefore) throws IOException {
        Map<String, Object> now = inodes();
        return now.keySet().stream()
                .filter(name -> !Objects.equals(now.get(name), inodesBefore.get(name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Object> inodes() throws IOException {
        Map<String, Object> inodes = new TreeMap<>();
        for (String tile : tiles()) {
            inodes.put(tile, Files.getAttribute(survey.resolve(tile), "unix:ino"));
        }
        return inodes;
    }

    private void assertSameAsFromNothing(String formats) throws IOException {
        Path fresh = folder.resolve("fresh");
        make(formats, fresh);
        assertThat(bytes(survey)).isEqualTo(bytes(fresh));
        AtomicFiles.deleteTree(fresh);
    }

    /** The root of the manifest tells of the release before, which the fresh survey has not. */
    private static String bytes(Path folder) throws IOException {
        return TreeManifest.ofBytes(folder).replaceFirst("\\S+ .hipsnode/manifest.json\n", "");
    }

    @Test
    void oneOfFiveHundredImagesChangesComesAndGoes() throws IOException {
        writeImages(500);
        make("png, fits", survey);
        int all = tiles().size();
        Map<String, Object> before = inodes();
        assertThat(facts("png, fits"))
                .containsEntry("image-changes", "0 changed, 0 added, 0 removed")
                .containsEntry("tiles-touched", "0 of " + all / 2);

        write(262, -5);
        Map<String, Object> facts = facts("png, fits");
        assertThat(facts)
                .containsEntry("image-changes", "1 changed, 0 added, 0 removed: 262.fits")
                .containsEntry("tiles-fits", "some kept: the input changed; tiles that no change touches are kept");
        int touched =
                Integer.parseInt(String.valueOf(facts.get("tiles-touched")).replaceAll(" of .*", ""));
        assertThat(touched).isBetween(6, all / 2 / 5);
        Publication again = make("png, fits", survey);
        assertThat(again.kept()).isGreaterThanOrEqualTo(all - 2 * touched);
        Set<String> made = made(before);
        assertThat(made).isNotEmpty().hasSizeLessThanOrEqualTo(2 * touched);
        assertThat(made.stream().map(name -> name.replaceAll("/.*", "")).distinct())
                .as("the deepest and all of their ancestors")
                .hasSize(Integer.parseInt(String.valueOf(facts.get("order"))) + 1);
        assertSameAsFromNothing("png, fits");

        Files.delete(file(10));
        Files.move(file(499), file(700));
        write(800, 3);
        assertThat(facts("png, fits"))
                .containsEntry("image-changes", "0 changed, 1 added, 1 removed: 800.fits, 010.fits");
        make("png, fits", survey);
        assertSameAsFromNothing("png, fits");
    }

    @Test
    void picturesAloneAreKeptTooWhereNothingChanged() throws IOException {
        writeImages(100);
        make("png", survey);
        Map<String, Object> before = inodes();
        write(62, -5);
        make("png", survey);
        assertThat(made(before)).isNotEmpty().hasSizeLessThan(before.size() / 2);
        assertSameAsFromNothing("png");
    }

    @Test
    void aDamagedTileOrRecordIsNotReliedUpon() throws IOException {
        writeImages(100);
        make("png, fits", survey);
        write(62, -5);
        Path tile = survey.resolve(tiles().stream()
                .filter(name -> name.matches("Norder5.*fits"))
                .findFirst()
                .orElseThrow());
        byte[] bytes = Files.readAllBytes(tile);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(tile);
        Files.write(tile, bytes);
        make("png, fits", survey);
        assertSameAsFromNothing("png, fits");
        Path provenance = survey.resolve(".hipsnode/provenance.json");
        Files.writeString(provenance, Files.readString(provenance).replaceFirst("\"cells\"", "\"others\""));
        write(63, -5);
        make("png, fits", survey);
        assertSameAsFromNothing("png, fits");
    }

    @Test
    void aStoppedRunIsGoneOnWith() throws IOException {
        writeImages(100);
        Runs.stop(definition("png, fits"), survey, 20);
        assertThat(facts("png, fits")).containsEntry("continues", "a run of the same that was stopped");
        assertThat(make("png, fits", survey).kept()).isGreaterThanOrEqualTo(2 * 20L);
        assertSameAsFromNothing("png, fits");
    }

    @Test
    void rejectedFilesAreToldOneByOne() throws IOException {
        write(1, 1);
        TestImage.around(1, 2, SCALE, 8, (x, y) -> Double.NaN).write(file(900));
        try (Generation generation = Generation.prepare(definition("fits"), "x", 1, Runs.progress())) {
            assertThat(generation.rejected())
                    .singleElement()
                    .matches(r -> r.file().equals(file(900)) && r.reason().contains("blank ones only"));
            assertThat(List.of(generation.facts().get("left-out"))).containsExactly(1);
        }
    }

    @Test
    void listsOfProgenitorsLeadFromTilesToImagesAsHipsgenWritesThem() throws IOException {
        writeImages(100);
        make("fits", survey);
        String deepest = tiles().stream()
                .filter(name -> name.startsWith("Norder5"))
                .findFirst()
                .orElseThrow()
                .replace(".fits", "");
        List<String> list = Files.readAllLines(survey.resolve("HpxFinder/" + deepest));
        assertThat(list).isNotEmpty().hasSizeLessThan(20).isSorted();
        assertThat(list.get(0))
                .matches("\\{\"name\":\"\\d+\",\"path\":\"images/\\d+.fits\",\"ra\":\"[\\d.]+\",\"dec\":\"-?[\\d.]+\","
                        + "\"cellmem\":\"1936\",\"stc\":\"POLYGON J2000( -?[\\d.]+){8}\"}");
        int npix = Integer.parseInt(deepest.replaceAll(".*Npix", ""));
        String parent = "HpxFinder/Norder4/Dir0/Npix" + npix / 4;
        assertThat(Files.readAllLines(survey.resolve(parent))).containsAll(list);
        assertThat(survey.resolve("HpxFinder/properties")).content().contains("= meta\n", "= ivo://test/P/x/meta\n");
        assertThat(survey.resolve("HpxFinder/metadata.xml")).content().contains("<TD>$[stc]</TD>");
        List<Finding> findings = new ArrayList<>();
        ManifestCheck.check(survey, 1, Runs.progress(), findings::add);
        assertThat(findings).isEmpty();
    }
}
