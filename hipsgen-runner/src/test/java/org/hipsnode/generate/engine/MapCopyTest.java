package org.hipsnode.generate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.hipsnode.fits.FitsFile;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.generate.TestMap;
import org.hipsnode.generate.plan.Layout;
import org.hipsnode.generate.source.HealpixMap;
import org.hipsnode.generate.source.HealpixMapFile;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.progress.Progress;
import org.hipsnode.sky.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapCopyTest {
    @TempDir
    private Path folder;

    private static double value(long ring) {
        return ring % 50 == 7 ? Double.NaN : ring % 200;
    }

    /** The value of pixel n of the copy's only column is that of pixel n of the source. */
    @ParameterizedTest
    @CsvSource({"RING, E, 16, 4", "NESTED, D, 16, 8", "RING, I, 16, 2", "RING, J, 8, 1", "NESTED, B, 32, 32"})
    void holdsThePixelsInNestedOrder(String ordering, char form, int nside, int width) throws IOException {
        boolean floating = form == 'E' || form == 'D';
        Path map = TestMap.wholeSky(nside, ordering)
                .card("COORDSYS", "C")
                .column("FIRST", 'E', 1, i -> -1)
                .column("SECOND", form, 1, i -> floating ? value(i) : i % 200)
                .write(folder.resolve("map.fits"));
        try (HealpixMapFile file = HealpixMapFile.open(map, new Warnings());
                HealpixMap source = file.choose(new HealpixMapFile.Selection(
                                OptionalInt.empty(), Optional.of("SECOND"), Optional.empty()))
                        .map()) {
            int order = Integer.numberOfTrailingZeros(nside);
            Path copy = copy(source, order, OptionalInt.of(width));
            assertSame(source, copy, order);
            assertThat(Files.size(copy) % FitsHeader.BLOCK).isZero();
        }
    }

    private Path copy(HealpixMap source, int pixelOrder, OptionalInt width) throws IOException {
        Path copy = folder.resolve("copy.fits");
        Layout layout = Layout.forMap(source.frame(), pixelOrder, width, OptionalInt.empty());
        MapCopy.write(source, layout, copy, new Progress(new AtomicLong()::incrementAndGet));
        return copy;
    }

    private static void assertSame(HealpixMap source, Path copy, int pixelOrder) throws IOException {
        Warnings warnings = new Warnings();
        try (HealpixMapFile file = HealpixMapFile.open(copy, warnings);
                HealpixMap copied = file.choose(
                                new HealpixMapFile.Selection(OptionalInt.empty(), Optional.empty(), Optional.empty()))
                        .map()) {
            assertThat(copied.frame()).isEqualTo(source.frame());
            assertThat(copied.format()).isEqualTo(source.format());
            assertThat(copied.pixelOrder()).isEqualTo(pixelOrder);
            int finer = 2 * (pixelOrder - source.pixelOrder());
            for (long pixel = 0; pixel < HealpixGrid.pixelCount(pixelOrder); pixel++) {
                assertThat(copied.value(pixel)).isEqualTo(Double.valueOf(source.value(pixel >> finer)));
            }
        }
        assertThat(warnings.all()).isEmpty();
    }

    @Test
    void whatAPartialMapLacksIsNaN() throws IOException {
        Path map = TestMap.ofPixels(100)
                .card("PIXTYPE", "HEALPIX")
                .card("ORDERING", "NESTED")
                .card("NSIDE", 16L)
                .card("COORDSYS", "E")
                .card("INDXSCHM", "EXPLICIT")
                .column("PIXEL", 'J', 1, i -> 30 * i)
                .column("VALUE", 'E', 1, i -> i % 9 == 0 ? -1.6375e30 : i)
                .write(folder.resolve("map.fits"));
        try (HealpixMapFile file = HealpixMapFile.open(map, new Warnings());
                HealpixMap source = file.choose(new HealpixMapFile.Selection(
                                OptionalInt.empty(), Optional.empty(), Optional.of(Frame.GALACTIC)))
                        .map()) {
            Path copy = copy(source, 4, OptionalInt.empty());
            assertSame(source, copy, 4);
            FitsHeader header = FitsFile.hdus(copy).get(1).header();
            assertThat(header.text("COORDSYS")).contains("G");
            assertThat(header.text("ORDERING")).contains("NESTED");
        }
    }

    /** Maps below nside 8 are drawn at nside 8. */
    @Test
    void pixelsOfTinyMapsAreRepeated() throws IOException {
        Path map = TestMap.wholeSky(2, "RING")
                .column("VALUE", 'E', 1, MapCopyTest::value)
                .write(folder.resolve("map.fits"));
        try (HealpixMapFile file = HealpixMapFile.open(map, new Warnings());
                HealpixMap source = file.choose(
                                new HealpixMapFile.Selection(OptionalInt.empty(), Optional.empty(), Optional.empty()))
                        .map()) {
            assertSame(source, copy(source, 1, OptionalInt.of(2)), 3);
        }
    }
}
