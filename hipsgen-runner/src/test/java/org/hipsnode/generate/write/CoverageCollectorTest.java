package org.hipsnode.generate.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CoverageCollectorTest {
    private static final int WIDTH = 8;
    private static final TileAddress TILE = new TileAddress(2, 21);

    @ParameterizedTest
    @EnumSource(value = PixelType.class, names = "FLOAT.*", mode = EnumSource.Mode.MATCH_ALL)
    void findsTheRangeAndTheCellsOfFiniteNumbers(PixelType type) {
        byte[] tile = blank(type);
        type.put(tile, PixelOrder.fitsOffset(WIDTH, 3L), -2.5);
        type.put(tile, PixelOrder.fitsOffset(WIDTH, 17L), -0.125);
        type.put(tile, PixelOrder.fitsOffset(WIDTH, 18L), Double.NEGATIVE_INFINITY);
        type.put(tile, PixelOrder.fitsOffset(WIDTH, 40L), Double.POSITIVE_INFINITY);
        type.put(tile, PixelOrder.fitsOffset(WIDTH, 63L), 1e-30);
        CoverageCollector coverage = collect(type, tile);
        assertThat(coverage.range()[0]).isEqualTo(-2.5);
        assertThat(coverage.range()[1]).isEqualTo(type == PixelType.FLOAT32 ? (double) 1e-30f : 1e-30);
        // cells of 4 pixels each
        assertThat(coverage.coverage()).isEqualTo(cells(21 * 16, 21 * 16 + 4, 21 * 16 + 15));
    }

    @ParameterizedTest
    @EnumSource(value = PixelType.class, names = "FLOAT.*", mode = EnumSource.Mode.MATCH_ALL)
    void aTileOfOneNegativeNumberIsWhole(PixelType type) {
        byte[] tile = blank(type);
        for (int i = 0; i < WIDTH * WIDTH; i++) {
            type.put(tile, i, -7);
        }
        CoverageCollector coverage = collect(type, tile);
        assertThat(coverage.range()).containsExactly(-7, -7);
        assertThat(coverage.coverage().containsCell(2, 21)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = PixelType.class, names = "FLOAT.*", mode = EnumSource.Mode.MATCH_ALL)
    void aBlankTileHasNoRange(PixelType type) {
        byte[] tile = blank(type);
        if (type == PixelType.FLOAT32) {
            // NaN with its sign set, as processors make it of 0 · ∞
            tile[0] = (byte) 0xff;
        }
        CoverageCollector coverage = collect(type, tile);
        assertThat(DoubleStream.of(coverage.range())).noneMatch(Double::isFinite);
        assertThat(coverage.coverage().isEmpty()).isTrue();
    }

    private static byte[] blank(PixelType type) {
        byte[] tile = new byte[WIDTH * WIDTH * type.bytes()];
        PixelFormat.of(type).fillBlank(tile, 0, WIDTH * WIDTH);
        return tile;
    }

    private static CoverageCollector collect(PixelType type, byte[] tile) {
        CoverageCollector coverage = new CoverageCollector(PixelFormat.of(type), 1, WIDTH, 4);
        coverage.add(TILE, tile);
        return coverage;
    }

    private static Moc cells(long... cells) {
        Moc.Builder moc = new Moc.Builder(4);
        for (long cell : cells) {
            moc.add(4, cell);
        }
        return moc.build();
    }
}
