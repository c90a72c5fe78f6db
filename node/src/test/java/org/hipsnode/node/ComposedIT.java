package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hipsnode.SharedData;
import org.hipsnode.faults.HonestFolder;
import org.hipsnode.faults.LyingServer;
import org.hipsnode.faults.SmallSurvey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Colours, polarization, cubes, other frames and surveys from surveys, compared with what healpy and astropy make. */
class ComposedIT {
    @TempDir
    private static Path maps;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeMaps() throws IOException {
        Python.require();
        assertThat(Python.script("make_composed.py", maps)).matches(e -> e.code() == 0);
    }

    private Path generate(String name, Object... arguments) throws IOException {
        Path survey = folder.resolve(name);
        List<Object> all = new ArrayList<>(List.of("generate"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--out", survey, "--quiet"));
        Program.Ended ended = Program.run(all.toArray());
        assertThat(ended.code()).as(ended.toString()).isZero();
        return survey;
    }

    private static void assertRight(Object... arguments) throws IOException {
        Program.Ended checked = Python.script("check_composed.py", arguments);
        assertThat(checked.code()).as(checked.toString()).isZero();
        assertThat(checked.out()).startsWith("right:");
    }

    @ParameterizedTest
    @CsvSource({
        "holes, equatorial, bilinear, -32",
        "holes, ecliptic, nearest, -32",
        "counts, galactic, nearest, 32",
        "holes, equatorial, bilinear, 16"
    })
    void anotherFrameIsResampledAsHealpyDoes(String map, String frame, String method, int bitpix) throws IOException {
        Path source = maps.resolve(map + ".fits");
        Path survey = generate(
                "survey", source, "--frame", frame, "--resampling", method, "--bitpix", bitpix, "--formats", "fits");
        assertRight("frame", source, survey, method);
        assertThat(Files.readString(survey.resolve("properties")))
                .contains("hips_frame           = " + frame + "\n", "hips_sampling        = " + method + "\n");
    }

    @ParameterizedTest
    @CsvSource({"bilinear", "nearest"})
    void finerPixelsAreInterpolatedAsHealpyDoes(String method) throws IOException {
        Path source = maps.resolve("holes.fits");
        Path survey = generate(
                "survey", source, "--order", 4, "--tile-width", 8, "--resampling", method, "--formats", "fits");
        assertRight("frame", source, survey, method);
    }

    @ParameterizedTest
    @CsvSource({"intensity, galactic", "angle, galactic", "angle, equatorial", "intensity, equatorial"})
    void polarizationIsThatOfHealpy(String what, String frame) throws IOException {
        Path source = maps.resolve("stokes.fits");
        Path survey = generate(
                "survey", source, "--polarization", what, "--frame", frame, "--formats", "fits", "--tile-width", 4);
        assertRight("polarization", source, survey, what);
    }

    private Path cube(Path source) throws IOException {
        return generate(
                "survey",
                source,
                "--cube",
                "columns",
                "--formats",
                "fits,png",
                "--property",
                "em_min=1e-3",
                "--property",
                "em_max=2e-3");
    }

    @Test
    void aCubeHasAllColumns() throws IOException {
        Path source = maps.resolve("stokes.fits");
        assertRight("cube", source, cube(source));
    }

    private static void mirror(LyingServer server, Path copy, String... more) throws IOException {
        List<Object> words = new ArrayList<>(List.of("mirror", server.url("/survey"), "--to", copy, "--quiet"));
        words.addAll(List.of(more));
        Program.Ended ended = Program.run(words.toArray());
        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(Program.run("verify", copy, "--quiet").code()).isZero();
    }

    @Test
    void aCubeIsMirroredWholeAndByOrders() throws IOException {
        Path survey = cube(maps.resolve("stokes.fits"));
        HonestFolder honest = new HonestFolder(() -> folder);
        Path whole = folder.resolve("copies/whole");
        try (LyingServer node = LyingServer.choosing(honest)) {
            mirror(node, whole);
        }
        assertThat(SmallSurvey.files(whole)).isEqualTo(SmallSurvey.files(survey));
        assertThat(SmallSurvey.files(whole).keySet()).anyMatch(name -> name.matches("Norder\\d/Allsky_2\\.(png|fits)"));

        Path part = folder.resolve("copies/part");
        LyingServer.Answers plain = request ->
                request.path().contains("/.hipsnode/") ? LyingServer.answer(404, "none") : honest.to(request);
        try (LyingServer server = LyingServer.choosing(plain)) {
            mirror(server, part, "--order", "1", "--min-order", "1", "--formats", "fits");
        }
        assertThat(Files.readString(part.resolve("properties")))
                .contains("partial", "hips_order           = 1\n", "hips_cube_depth      = 3\n")
                .contains("hips_tile_format     = fits\n");
        Map<String, String> chosen = SmallSurvey.files(survey);
        chosen.keySet().removeIf(name -> name.startsWith("Norder") && !name.matches("Norder1/.*\\.fits"));
        assertThat(SmallSurvey.files(part)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"lupton", "channels"})
    void coloursAreThoseOfAstropy(String composition) throws IOException {
        Path source = maps.resolve("stokes.fits");
        Path definition = Files.writeString(folder.resolve("colour.yaml"), """
                id: ivo://test/P/colour
                source:
                  red: {map: '%1$s', column: I_STOKES}
                  green: {map: '%1$s', column: Q_STOKES}
                  blue: {map: '%1$s', column: U_STOKES}
                tiles: {formats: [png, jpeg, webp]}
                display: {composition: %2$s}
                """.formatted(source, composition));
        Path survey = generate("survey", definition);
        assertRight("colour", source, survey, composition);
        assertThat(survey.resolve("Norder3/Allsky.webp")).exists();
    }

    @Test
    void aSurveyFromASurveyHasItsValuesAndLowOrders() throws IOException {
        Path first = generate("first", maps.resolve("holes.fits"), "--formats", "fits", "--id", "ivo://test/P/first");
        deleteOrders(first, 0, 1, 2);
        Files.delete(first.resolve("Norder3/Allsky.fits"));
        Path again = generate("again", "--from-hips", first, "--colormap", "inferno");
        Path whole = generate("whole", maps.resolve("holes.fits"), "--formats", "fits");
        assertRight("same", whole, again);
        assertThat(again.resolve("Norder0/Dir0/Npix0.png")).exists();
        assertThat(again.resolve("Norder3/Allsky.fits")).hasSameBinaryContentAs(whole.resolve("Norder3/Allsky.fits"));
        assertThat(Files.readString(again.resolve("properties")))
                .contains("prov_progenitor      = ivo://test/P/first\n");
    }

    private static void deleteOrders(Path survey, int... orders) throws IOException {
        for (int order : orders) {
            try (var files = Files.walk(survey.resolve("Norder" + order))) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void aSurveyIsMadeFromAFarOneAndCutToAMoc() throws IOException {
        Path first = generate("surveys/first", maps.resolve("holes.fits"), "--formats", "fits");
        Path moc = maps.resolve("moc.fits");
        try (Program.Started server = Program.serve(folder.resolve("surveys"))) {
            String url = server.firstLine() + "first";
            Path far = generate("far", "--from-hips", url, "--formats", "fits,webp");
            assertRight("same", first, far);
            Path cut = generate("cut", "--from-hips", url, "--moc", moc, "--formats", "fits");
            assertRight("inside", moc, cut, first);
        }
    }

    /** Pictures that are only put into a better tree keep every byte. */
    @Test
    void picturesOfAnOldTreeArePassedOnAsTheyAre() throws IOException {
        Path old = SharedData.require("hips/LHF-dss");
        Path again = generate("again", "--from-hips", old, "--formats", "jpeg,webp");
        for (int tile : new int[] {0, 17, 47}) {
            String name = "Norder1/Dir0/Npix" + tile + ".jpg";
            assertThat(again.resolve(name)).hasSameBinaryContentAs(old.resolve(name));
        }
        assertThat(again.resolve("Norder1/Dir0/Npix5.webp")).exists();
        assertThat(again.resolve("Moc.fits")).exists();
    }
}
