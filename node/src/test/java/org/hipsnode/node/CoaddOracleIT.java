package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hipsnode.SharedData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All ways of adding up images, each pixel compared with what astropy and numpy make of the same images. */
class CoaddOracleIT {
    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void requirePython() throws IOException {
        Python.require();
    }

    /** Makes a survey, and notes what it is to be compared with. */
    private void make(String source, String tiles, String how, List<Path> images) throws IOException {
        Path survey = MadeSurveys.make(folder, "survey-" + lines.size(), """
            source: {%s}
            tiles: {formats: [fits], width: %s}
            """.formatted(source, tiles));
        lines.add(survey + " " + how + " "
                + String.join(" ", images.stream().map(Path::toString).toList()));
    }

    private List<String> answers() throws IOException {
        Program.Ended checked = Python.script("check_images.py", "--list", Files.write(folder.resolve("lines"), lines));
        List<String> answers = checked.out().lines().toList();
        assertThat(answers).as(checked.toString()).hasSameSizeAs(lines);
        return answers;
    }

    private void assertAllRight() throws IOException {
        List<String> answers = answers();
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i)).as(lines.get(i)).startsWith("right:");
        }
    }

    @Test
    void everyWayOfAddingUpIsThatOfNumpy() throws IOException {
        Path images = folder.resolve("images");
        assertThat(Python.script("make_coadd.py", images)).matches(e -> e.code() == 0);
        List<Path> all = List.of(
                images.resolve("0.fits"),
                images.resolve("1.fits"),
                images.resolve("2.fits"),
                images.resolve("3.fits"),
                images.resolve("4.fits"));
        // files of weights are no images
        String plain = "images: ["
                + String.join(
                        ", ", all.stream().map(p -> "images/" + p.getFileName()).toList()) + "], ";
        for (String how : List.of("median", "first", "last", "sum", "fading")) {
            make(plain + "coadd: " + how, "", how, all);
        }
        make(plain + "coadd: median", "64, resampling: nearest", "median --nearest", all);
        String folders = "images: [images], ";
        make(
                folders + "weights: .rms.fits, weight-keyword: EXPTIME",
                "64",
                "mean --weights .rms.fits --weight-keyword EXPTIME",
                all);
        make(
                folders + "errors: .rms.fits, scale-keyword: FLUXCONV",
                "64",
                "mean --errors .rms.fits --scale FLUXCONV",
                all);
        make(
                folders + "errors: .rms.fits, scale-keyword: 1/EXPTIME, coadd: fading",
                "64, frame: galactic",
                "fading --errors .rms.fits --scale 1/EXPTIME",
                all);
        make(
                plain + "border: '10,0,30,5', saturated: 60000, coadd: fading",
                "64",
                "fading --border 10,0,30,5 --saturated 60000",
                all);
        make(
                plain + "scale-keyword: FLUXCONV, background: overlaps, saturated: 60000",
                "64",
                "mean --scale FLUXCONV --levels overlaps --saturated 60000",
                all);
        make(
                plain + "scale-keyword: FLUXCONV, background: constant, saturated: 60000",
                "64",
                "mean --scale FLUXCONV --levels constant --saturated 60000",
                all);
        assertAllRight();
        // the script must be able to find fault
        lines.replaceAll(line -> line.replace(" median --nearest", " median")
                .replace(" fading --errors", " mean --errors")
                .replace(" --weight-keyword EXPTIME", ""));
        lines.subList(0, 5).clear();
        lines.subList(4, 7).clear();
        assertThat(lines).hasSize(4);
        assertThat(answers().stream().map(answer -> answer.substring(0, 5)))
                .containsExactly("WRONG", "WRONG", "right", "WRONG");
    }

    /** The whole sky in the projection of Hammer and Aitoff, whose corners are off the sky. */
    @Test
    void mapsOfTheWholeSkyAgree() throws IOException {
        for (String name : List.of("e90gal04.fits", "allsky_rosat.fits")) {
            Path map = SharedData.require("wcs").resolve(name);
            make("images: ['" + map + "']", "256, frame: galactic", "mean", List.of(map));
        }
        assertAllRight();
    }
}
