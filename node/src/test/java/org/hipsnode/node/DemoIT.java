package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.hipsnode.SharedData;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.healpix.Zorder;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in a real browser: the sky on the screen is the sky of the tiles. */
class DemoIT {
    private static final int WIDTH = 64;

    @TempDir
    private Path folder;

    @Test
    void theDemoPageShowsTheSkyOfItsTiles() throws IOException {
        Browser.modules();
        try (Program.Started demo =
                Program.start(Program.command("demo", "--no-open", "--dir", folder.resolve("demo"), "--port", "0"))) {
            String address = demo.firstLine();
            assertThat(folder.resolve("demo/definition.schema.json"))
                    .as("what sky.yaml names")
                    .exists();
            JsonNode report = Browser.script(
                    SharedData.project().resolve("node/src/test/browser/demo.mjs"),
                    address,
                    Browser.screenshots().resolve("demo.png"));
            assertThat(report.get("foreign")).as("requests to other hosts").isEmpty();
            assertThat(report.get("failed")).as("failed requests").isEmpty();
            assertThat(report.get("complaints")).as("complaints of the console").isEmpty();
            assertThat(report.get("centre").get("0").asDouble())
                    .isCloseTo(266.405, org.assertj.core.api.Assertions.within(0.01));
            assertShows(report.get("samples"), List.of(0, 1, 2));
            assertThat(report.get("zoomedFov").get(0).asDouble())
                    .isCloseTo(12, org.assertj.core.api.Assertions.within(0.1));
            assertShows(report.get("zoomedSamples"), List.of(3));
            double moved = Math.abs(report.get("draggedCentre").get("0").asDouble()
                    - report.get("centre").get("0").asDouble());
            assertThat(moved).as("degrees by which the sky was dragged").isGreaterThan(1);
        }
    }

    /** Compares with the tiles of some orders, and with the same sky upside down, so that the test is known to be able to fail. */
    private void assertShows(JsonNode samples, List<Integer> orders) throws IOException {
        assertThat(samples).hasSizeGreaterThan(1000);
        double best = Double.MAX_VALUE;
        double bestFlipped = Double.MAX_VALUE;
        for (int order : orders) {
            best = Math.min(best, difference(samples, order, 1));
            bestFlipped = Math.min(bestFlipped, difference(samples, order, -1));
        }
        assertThat(best).as("mean difference of colours").isLessThan(7);
        assertThat(bestFlipped).as("mean difference from a flipped sky").isGreaterThan(3 * best);
    }

    private double difference(JsonNode samples, int order, int latitudeSign) throws IOException {
        Map<Long, BufferedImage> tiles = new HashMap<>();
        HealpixGrid grid = HealpixGrid.ofOrder(order + Integer.numberOfTrailingZeros(WIDTH));
        double sum = 0;
        for (JsonNode sample : samples) {
            SkyPoint galactic = Frame.GALACTIC
                    .fromIcrs(SkyPoint.ofDegrees(
                                    sample.get(0).asDouble(), sample.get(1).asDouble())
                            .vector())
                    .point();
            long pixel = grid.nestedAt(new SkyPoint(galactic.lonRadians(), latitudeSign * galactic.latRadians()));
            long tile = pixel / (WIDTH * WIDTH);
            if (!tiles.containsKey(tile)) {
                tiles.put(
                        tile,
                        ImageIO.read(folder.resolve("demo/surveys/sky/Norder" + order + "/Dir0/Npix" + tile + ".png")
                                .toFile()));
            }
            // PNG lines count x from the top, columns y (HiPS 1.0 §4.2.1)
            int rgb = tiles.get(tile)
                    .getRGB((int) Zorder.y(pixel % (WIDTH * WIDTH)), (int) Zorder.x(pixel % (WIDTH * WIDTH)));
            sum += Math.abs((rgb >> 16 & 0xff) - sample.get(2).asInt())
                    + Math.abs((rgb >> 8 & 0xff) - sample.get(3).asInt())
                    + Math.abs((rgb & 0xff) - sample.get(4).asInt());
        }
        return sum / samples.size() / 3;
    }

    @Test
    void aSecondDemoStartsAtOnceAndFindsAnotherPort() throws IOException {
        Path place = folder.resolve("demo");
        try (Program.Started first = Program.start(Program.command("demo", "--no-open", "--dir", place));
                Program.Started second = startAfter(first, place)) {
            assertThat(second.firstLine()).isNotEqualTo(first.firstLine());
            assertThat(second.waitFor(second.err(), "until Ctrl-C")).contains("the survey is there already");
        }
    }

    private static Program.Started startAfter(Program.Started first, Path place) throws IOException {
        assertThat(first.firstLine()).startsWith("http://127.0.0.1:");
        return Program.start(Program.command("demo", "--no-open", "--dir", place));
    }
}
