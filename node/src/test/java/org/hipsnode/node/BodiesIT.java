package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.hipsnode.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real maps of bodies, made by the program and looked at in Aladin Lite. */
class BodiesIT {
    @TempDir
    private Path folder;

    private Program.Ended generate(Path map, String name, Object... more) throws IOException {
        Object[] arguments = new Object[more.length + 5];
        System.arraycopy(
                new Object[] {
                    "generate", map, "--out", folder.resolve("surveys").resolve(name), "--quiet"
                },
                0,
                arguments,
                0,
                5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Program.run(arguments);
    }

    /** In the middle of the view stands the mountain, to the right of it, which is east, the high land of Tharsis. */
    @Test
    void olympusMonsIsWhereItIs() throws IOException {
        Program.Ended made = generate(SharedData.require("planetary/megt90n000cb.lbl"), "mars");
        assertThat(made.code()).as(made.toString()).isZero();
        assertThat(Files.readString(folder.resolve("surveys/mars/properties")))
                .contains("hips_body            = mars")
                .contains("hips_frame           = mars")
                .contains("hips_bunit           = METER");
        try (Program.Started server = Program.serve(folder.resolve("surveys"))) {
            Path shot = Browser.screenshots().resolve("mars.png");
            JsonNode report = Browser.script(
                    SharedData.require("README.md")
                            .resolveSibling("../tools/aladin-check.mjs")
                            .normalize(),
                    server.firstLine() + "mars",
                    "--format",
                    "png",
                    "--ra",
                    "226.2",
                    "--dec",
                    "18.65",
                    "--fov",
                    "60",
                    "--size",
                    "600x450",
                    "--strict",
                    "--out",
                    shot);
            assertThat(report.get("ok").asBoolean()).as(report.toPrettyString()).isTrue();
            BufferedImage view = ImageIO.read(shot.toFile());
            assertThat(view.getRGB(300, 225) & 0xff).as("Olympus Mons").isGreaterThan(240);
            assertThat(view.getRGB(580, 290) & 0xff)
                    .as("Ascraeus Mons, in the east")
                    .isGreaterThan(220);
            assertThat(view.getRGB(20, 290) & 0xff).as("Amazonis, in the west").isLessThan(110);
        }
    }

    @Test
    void whatIsNoMapOfABodyIsRefused() throws IOException {
        Program.Ended view = generate(SharedData.require("solar/aia_171_level1.fits"), "aia", "--body", "sun");
        assertThat(view.code()).as(view.toString()).isEqualTo(1);
        assertThat(view.err()).contains("aia_171_level1.fits", "helioprojective");
        Program.Ended unnamed =
                generate(SharedData.require("planetary/celestia_moon.jpg"), "moon", "--longitudes=east");
        assertThat(unnamed.code()).as(unnamed.toString()).isEqualTo(2);
        assertThat(unnamed.err()).contains("--body");
        Program.Ended several =
                generate(SharedData.require("planetary/celestia_moon.jpg"), "two", folder, "--body", "moon");
        assertThat(several.code()).isEqualTo(2);
        assertThat(several.err()).contains("one map");
    }
}
