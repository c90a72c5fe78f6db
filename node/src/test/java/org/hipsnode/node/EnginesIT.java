package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongToDoubleFunction;
import javax.imageio.ImageIO;
import org.hipsnode.SharedData;
import org.hipsnode.fits.FitsCards;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.fits.PixelType;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.Digests;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.store.FolderStore;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One map through both engines: what {@code docs/engines.md} says of the differences. */
class EnginesIT {
    private static final int ORDER = 6;

    private static final int TILE_WIDTH = 8;

    /** No grey, and far from any. */
    private static final int TRANSPARENT = -1000;

    private static final HealpixGrid GRID = HealpixGrid.ofOrder(ORDER);

    @TempDir
    private Path folder;

    @BeforeEach
    void requireAladin() {
        Hipsgen.require();
    }

    /** A sky with a bright plane, structure in every pixel, a hole of UNSEEN with a ragged edge, and NaN here and there. */
    private static double brightness(long ring) {
        SkyPoint point = GRID.centre(GRID.ringToNested(ring));
        if (point.latDegrees() > 30 + ring % 10) {
            return -1.6375e30;
        }
        return ring % 97 == 0 ? Double.NaN : 10 / (0.05 + Math.abs(point.latRadians())) + ring % 7 - 3.3;
    }

    /** Writes a map of nside 64, RING, whose first column is not the one that is wanted. */
    private Path map(PixelType type, String form, LongToDoubleFunction values) throws IOException {
        byte[] primary = new FitsCards()
                .add("SIMPLE", true, "")
                .add("BITPIX", 8, "")
                .add("NAXIS", 0, "")
                .bytes();
        byte[] table = new FitsCards()
                .add("XTENSION", "BINTABLE", "")
                .add("BITPIX", 8, "")
                .add("NAXIS", 2, "")
                .add("NAXIS1", 4 + type.bytes(), "")
                .add("NAXIS2", GRID.pixelCount(), "")
                .add("PCOUNT", 0, "")
                .add("GCOUNT", 1, "")
                .add("TFIELDS", 2, "")
                .add("TTYPE1", "HITS", "")
                .add("TFORM1", "1J", "")
                .add("TTYPE2", "VALUE", "")
                .add("TFORM2", "1" + form, "")
                .add("TUNIT2", "K", "")
                .add("PIXTYPE", "HEALPIX", "")
                .add("ORDERING", "RING", "")
                .add("NSIDE", GRID.nside(), "")
                .add("COORDSYS", "G", "")
                .add("DATE", "2026-03-01", "")
                .bytes();
        int data = (int) GRID.pixelCount() * (4 + type.bytes());
        ByteBuffer file = ByteBuffer.allocate(primary.length + table.length + (data + 2879) / 2880 * 2880);
        file.put(primary).put(table);
        byte[] one = new byte[type.bytes()];
        for (long ring = 0; ring < GRID.pixelCount(); ring++) {
            type.put(one, 0, values.applyAsDouble(ring));
            file.putInt(1).put(one);
        }
        return Files.write(folder.resolve("my map = 1.fits"), file.array());
    }

    private Path generate(Path map, String engine, Object... arguments) throws IOException {
        Path survey = folder.resolve("by = " + engine);
        List<Object> all = new ArrayList<>(List.of("generate", map, "--out", survey, "--engine", engine, "--quiet"));
        all.addAll(List.of("--id", "ivo://hipsnode.test/P/engines", "--title", "Two engines"));
        all.addAll(List.of(arguments));
        Program.Ended ended = Program.run(all.toArray());
        assertThat(ended.code()).as(ended.toString()).isZero();
        return survey;
    }

    /** Returns the names of the files; those of the manifest are digests. */
    private static Set<String> files(Path survey) throws IOException {
        Set<String> files = new TreeSet<>();
        new FolderStore(survey).list((name, bytes) -> files.add(name));
        files.removeIf(name -> name.startsWith(".hipsnode/manifest/"));
        return files;
    }

    private static List<TileAddress> tiles(Path survey, int order) throws IOException {
        return files(survey).stream()
                .flatMap(name -> TreeName.parse(name).stream())
                .filter(t -> t instanceof TreeName.Tile && t.order() == order && t.format() == TileFormat.FITS)
                .map(t -> ((TreeName.Tile) t).address())
                .toList();
    }

    private static FitsImage tile(Path survey, TileAddress address) throws IOException {
        String name = TreeName.tile(address, TileFormat.FITS).toString();
        return FitsImage.parse(Files.readAllBytes(survey.resolve(name)), name);
    }

    private static Moc coverage(Path survey, String name) throws IOException {
        return MocFits.read(Files.readAllBytes(survey.resolve(name)), name).moc();
    }

    private static void assertSameDeepestTiles(Path expected, Path found, int order) throws IOException {
        List<TileAddress> tiles = tiles(expected, order);
        assertThat(tiles).isNotEmpty();
        for (TileAddress address : tiles) {
            assertThat(tile(found, address).data())
                    .as(address.toString())
                    .isEqualTo(tile(expected, address).data());
        }
    }

    /** Both take the mean of the same four numbers, but may add them up in another sequence. */
    private static void assertSameParents(Path expected, Path found, int order) throws IOException {
        for (TileAddress address : tiles(expected, order)) {
            FitsImage ours = tile(expected, address);
            FitsImage theirs = tile(found, address);
            for (int i = 0; i < ours.width() * ours.width(); i++) {
                double value = ours.physical(i / ours.width(), i % ours.width());
                double other = theirs.physical(i / ours.width(), i % ours.width());
                if (Double.isNaN(value)) {
                    assertThat(other).isNaN();
                } else {
                    assertThat(Math.abs(other - value)).isLessThanOrEqualTo(2 * Math.ulp((float) value));
                }
            }
        }
    }

    /** Returns a picture, transparent where there is no tile. */
    private static BufferedImage picture(Path survey, String name) throws IOException {
        if (!Files.exists(survey.resolve(name))) {
            return new BufferedImage(TILE_WIDTH, TILE_WIDTH, BufferedImage.TYPE_4BYTE_ABGR);
        }
        return ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(survey.resolve(name))));
    }

    /** Returns by how much the greys of two pictures differ at most; they must be transparent at the same places. */
    private static int greatestDifference(Path expected, Path found, String name) throws IOException {
        BufferedImage a = picture(expected, name);
        BufferedImage b = picture(found, name);
        assertThat(b.getWidth()).isEqualTo(a.getWidth());
        int greatest = 0;
        for (int i = 0; i < a.getWidth() * a.getHeight(); i++) {
            int one = grey(a, i % a.getWidth(), i / a.getWidth());
            int other = grey(b, i % a.getWidth(), i / a.getWidth());
            assertThat(one == TRANSPARENT).as(name).isEqualTo(other == TRANSPARENT);
            greatest = Math.max(greatest, Math.abs(one - other));
        }
        return greatest;
    }

    private static int grey(BufferedImage picture, int x, int y) {
        int colour = picture.getRGB(x, y);
        return colour >>> 24 == 0 ? TRANSPARENT : colour & 0xff;
    }

    /** Each pixel of a parent's picture is one of the four below it, where we draw the mean of their values. */
    private static void assertPictureIsTakenFromPicturesBelow(Path survey, TileAddress parent) throws IOException {
        BufferedImage image = picture(survey, png(parent));
        int half = image.getWidth() / 2;
        for (int quarter = 0; quarter < 4; quarter++) {
            BufferedImage child = picture(survey, png(parent.child(quarter)));
            for (int i = 0; i < half * half; i++) {
                int x = i % half;
                int y = i / half;
                assertThat(grey(image, quarter / 2 * half + x, quarter % 2 * half + y))
                        .isIn(
                                grey(child, 2 * x, 2 * y),
                                grey(child, 2 * x + 1, 2 * y),
                                grey(child, 2 * x, 2 * y + 1),
                                grey(child, 2 * x + 1, 2 * y + 1));
            }
        }
    }

    private static String png(TileAddress address) {
        return TreeName.tile(address, TileFormat.PNG).toString();
    }

    private static List<String> differingKeywords(Path one, Path other) throws IOException {
        Set<String> lines = new TreeSet<>(Files.readAllLines(one.resolve("properties")));
        return Files.readAllLines(other.resolve("properties")).stream()
                .filter(line -> !lines.contains(line))
                .map(line -> line.split(" ")[0])
                .toList();
    }

    @Test
    void bothEnginesMakeTheSameSurvey() throws IOException {
        Path map = map(PixelType.FLOAT32, "E", EnginesIT::brightness);
        String before = Digests.sha256(map);
        Object[] arguments = {"--column", "VALUE", "--formats", "jpeg,fits,png", "--stretch", "linear"};
        Path ours = generate(map, "native", arguments);
        Path theirs = generate(map, "aladin", arguments);

        assertThat(files(theirs)).isEqualTo(files(ours)).contains("Norder3/Allsky.jpg", "SMoc.fits", "preview.jpg");
        assertSameDeepestTiles(ours, theirs, 3);
        for (int order = 0; order < 3; order++) {
            assertSameParents(ours, theirs, order);
        }
        for (String same : List.of("Moc.fits", "SMoc.fits", "index.html")) {
            assertThat(theirs.resolve(same)).hasSameBinaryContentAs(ours.resolve(same));
        }
        assertThat(differingKeywords(ours, theirs)).containsExactly("hips_builder", "hips_estsize", "hips_check_code");
        assertThat(Files.readString(theirs.resolve("properties")))
                .containsPattern("hips_builder += hipsnode/\\S+ with Aladin/HipsGen v12")
                .contains("hips_tile_format     = jpeg fits png\n");
        List<TileAddress> deepestTiles = tiles(ours, 3);
        for (int i = 0; i < deepestTiles.size(); i += 7) {
            TileAddress deepest = deepestTiles.get(i);
            assertThat(greatestDifference(ours, theirs, png(deepest))).isLessThanOrEqualTo(1);
            assertPictureIsTakenFromPicturesBelow(theirs, deepest.ancestor(2));
            assertPictureIsTakenFromPicturesBelow(theirs, deepest.ancestor(0));
        }
        assertThat(Program.run("lint", theirs, "--quiet").code()).isZero();
        assertThat(Program.run("verify", theirs, "--quiet").code()).isZero();
        assertThat(Digests.sha256(map)).isEqualTo(before);
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(3);
        }
    }

    /** Hipsgen drops what lies behind the point at every order, so its upper orders grow darker. */
    @Test
    void meansOfIntegersAreCutOffByHipsgenAndRoundedByUs() throws IOException {
        Path map = map(PixelType.INT16, "I", ring -> ring * 7919 % 20011 - 5000.0);
        Object[] arguments = {"--column", "2", "--formats", "fits", "--tile-width", "16"};
        Path ours = generate(map, "native", arguments);
        Path theirs = generate(map, "aladin", arguments);
        assertSameDeepestTiles(ours, theirs, 2);
        for (int order = 0; order < 2; order++) {
            for (TileAddress parent : tiles(theirs, order)) {
                assertMeansOfChildren(theirs, parent, mean -> (long) mean);
                assertMeansOfChildren(ours, parent, mean -> Math.floor(mean + 0.5));
            }
        }
    }

    private interface Rounding {
        double round(double mean);
    }

    private static void assertMeansOfChildren(Path survey, TileAddress parent, Rounding rounding) throws IOException {
        FitsImage image = tile(survey, parent);
        int width = image.width();
        for (int quarter = 0; quarter < 4; quarter++) {
            FitsImage child = tile(survey, parent.child(quarter));
            for (int nested = 0; nested < width * width / 4; nested++) {
                double sum = 0;
                for (int i = 0; i < 4; i++) {
                    sum += at(child, 4L * nested + i);
                }
                assertThat(at(image, (long) quarter * width * width / 4 + nested))
                        .isEqualTo(rounding.round(sum / 4));
            }
        }
    }

    private static double at(FitsImage tile, long nested) {
        int offset = PixelOrder.fitsOffset(tile.width(), nested);
        return tile.physical(offset / tile.width(), offset % tile.width());
    }

    /** Without our copy of the map in between, and with the coverage that Hipsgen finds itself. */
    @Test
    void hipsgenAloneMakesTheSameTilesAndCoverage() throws IOException {
        Path map = SharedData.require("healpix/BP7_70GHz_nocmb_n0256.fits");
        Path copy = Files.copy(map, folder.resolve("map.fits"));
        Path ours = generate(map, "native", "--formats", "fits");
        Path theirs = generate(map, "aladin", "--formats", "fits");
        Path alone = folder.resolve("alone");
        String said = Hipsgen.run(
                "in=" + copy, "out=" + alone, "id=hipsnode.test/P/alone", "frame=galactic", "order=3", "MAPTILES");
        assertThat(said).contains("THE END");
        assertSameDeepestTiles(alone, ours, 3);
        assertSameDeepestTiles(alone, theirs, 3);
        for (int order = 0; order < 3; order++) {
            assertSameParents(alone, ours, order);
        }
        assertThat(coverage(ours, "Moc.fits")).isEqualTo(coverage(alone, "Moc.fits"));
        assertThat(coverage(theirs, "Moc.fits")).isEqualTo(coverage(alone, "Moc.fits"));
    }

    @Test
    void anInterruptEndsHipsgenAndLeavesNothing() throws IOException, InterruptedException {
        Path map = map(PixelType.FLOAT32, "E", EnginesIT::brightness);
        Path survey = folder.resolve("interrupted");
        try (Program.Started run = Program.start(
                Program.command("generate", map, "--column", "2", "--out", survey, "--engine", "aladin"))) {
            Path log = folder.resolve(".interrupted.hipsnode/hipsgen.log");
            for (int i = 0;
                    i < 6000 && !(Files.exists(log) && Files.readString(log).contains("MAPTILES ==="));
                    i++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            List<ProcessHandle> started = run.process().descendants().toList();
            assertThat(started).isNotEmpty();
            run.interrupt();
            Program.Ended ended = Program.end(run);
            assertThat(ended.code()).as(ended.toString()).isEqualTo(130);
            assertThat(ended.err()).contains("hipsnode: interrupted: nothing was published");
            assertThat(started).noneMatch(ProcessHandle::isAlive);
        }
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(map);
        }
    }

    @Test
    void whatHipsgenDoesNotUnderstandIsToldWithItsLog() throws IOException {
        Path map = map(PixelType.FLOAT32, "E", EnginesIT::brightness);
        Path survey = folder.resolve("survey");
        // an installed Aladin that is none
        Path jar = Files.write(folder.resolve("not-aladin.jar"), new byte[] {'P', 'K', 3, 4});
        Program.Ended ended = Program.run(
                "generate",
                map,
                "--column",
                "2",
                "--out",
                survey,
                "--engine",
                "aladin",
                "--aladin-jar",
                jar,
                "--quiet");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().strip())
                .startsWith("hipsnode: Hipsgen stopped (exit status 1) before it was done")
                .endsWith("all that it wrote is in '" + folder.toRealPath().resolve(".survey.hipsnode/hipsgen.log")
                        + "'");
        assertThat(survey).doesNotExist();
    }
}
