package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hipsnode.node.demo.DemoSky;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference generator looks at what we make. */
class HipsgenIT {
    @TempDir
    private Path folder;

    private Path survey(String frame) throws IOException {
        Path map = folder.resolve("sky.fits");
        if (!Files.exists(map)) {
            DemoSky.write(map, new Progress(System::nanoTime));
        }
        Path survey = folder.resolve(frame);
        Program.Ended ended = Program.run(
                "generate",
                map,
                "--out",
                survey,
                "--map-frame",
                frame,
                "--id",
                "ivo://hipsnode.test/P/" + frame,
                "--title",
                "A test in the " + frame + " frame",
                "--formats",
                "png,fits,jpeg",
                "--quiet",
                "--property",
                "obs_description=Made by a test of hipsnode",
                "--property",
                "obs_regime=Infrared",
                "--property",
                "t_min=60000",
                "--property",
                "t_max=60001",
                "--property",
                "em_min=1e-4",
                "--property",
                "em_max=2e-4",
                "--property",
                "client_category=Image/Infrared/Test");
        assertThat(ended.code()).as(ended.toString()).isZero();
        return survey;
    }

    private static String hipsgen(Path survey, String action) throws IOException {
        return Hipsgen.run("out=" + survey, action);
    }

    @Test
    void itsChecksumsFindNoBadTile() throws IOException {
        for (String frame : List.of("equatorial", "galactic")) {
            String report = hipsgen(survey(frame), "CHECKDATASUM");
            assertThat(report).contains("THE END").doesNotContain("*ERROR", "ABORT", "corrupted tile");
        }
    }

    @Test
    void itsChecksumsFindATileThatIsBad() throws IOException {
        Path survey = survey("equatorial");
        Path tile = survey.resolve("Norder3/Dir0/Npix5.fits");
        byte[] bytes = Files.readAllBytes(tile);
        bytes[3000] ^= 1;
        Files.write(tile, bytes);
        assertThat(hipsgen(survey, "CHECKDATASUM")).containsPattern("(?i)npix5|corrupt");
    }

    @Test
    void itsLintFindsNoError() throws IOException {
        String report = hipsgen(survey("equatorial"), "LINT");
        assertThat(report).contains("THE END").doesNotContain("*ERROR", "ABORT");
    }

    @Test
    void itsCheckCodesAreOurs() throws IOException {
        Path survey = survey("galactic");
        String ours = line(survey);
        String report = hipsgen(survey, "CHECKCODE");
        assertThat(report).contains("THE END");
        assertThat(line(survey)).isEqualTo(ours);
    }

    @Test
    void aSurveyThatItMakesIsMirroredFromNginxAndItTakesTheCheckCodesOfTheCopy() throws IOException {
        Hipsgen.require();
        Program.require("nginx");
        Path map = folder.resolve("map.fits");
        DemoSky.write(map, new Progress(System::nanoTime));
        Path served = folder.resolve("served");
        Path theirs = served.resolve("theirs");
        String made = Hipsgen.run(
                "in=" + map, "out=" + theirs, "id=hipsnode.test/P/theirs", "order=3", "MAPTILES", "CHECKCODE");
        assertThat(made).contains("THE END").doesNotContain("*ERROR");
        Path copy = folder.resolve("copy");
        try (Nginx nginx = Nginx.of(served, folder)) {
            Program.Ended mirrored = Program.run("mirror", nginx.address() + "/theirs", "--to", copy, "--quiet");
            assertThat(mirrored.code()).as(mirrored.toString()).isZero();
        }
        String code = line(theirs);
        assertThat(line(copy)).isEqualTo(code);
        assertThat(hipsgen(copy, "CHECKCODE")).contains("THE END").doesNotContain("*ERROR", "ABORT", "=> modified");
        assertThat(line(copy)).isEqualTo(code);
        Files.delete(copy.resolve("Norder3/Dir0/Npix5.fits"));
        assertThat(hipsgen(copy, "CHECKCODE")).contains("=> modified");
    }

    private static String line(Path survey) throws IOException {
        return Files.readString(survey.resolve("properties"))
                .lines()
                .filter(l -> l.startsWith("hips_check_code"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\s+", " ");
    }
}
