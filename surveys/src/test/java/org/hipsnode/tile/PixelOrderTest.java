package org.hipsnode.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.SkyPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelOrderTest {

    /** The vectors of the HiPS working draft for tile 0/7 of width 512 (standards.md §11). */
    @ParameterizedTest
    @CsvSource({
        "0,   0,   87381,  314.91211, 0",
        "0,   511, 262143, 270,       41.7103",
        "511, 0,   0,      270,       -41.7103",
        "511, 511, 174762, 225.08789, 0",
        "10,  300, 220593, 287.66602, 22.18536",
        "200, 40,  69013,  293.81836, -12.0247"
    })
    void putsPixelsWhereTheStandardSays(int row, int column, long nested, double lon, double lat) {
        int offset = row * 512 + column;
        assertThat(PixelOrder.nestedAt(512, offset)).isEqualTo(nested);
        assertThat(PixelOrder.fitsOffset(512, nested)).isEqualTo(offset);
        SkyPoint centre = HealpixGrid.ofOrder(9).centre(7L * 512 * 512 + nested);
        assertThat(centre.lonDegrees()).isCloseTo(lon, within(1e-5));
        assertThat(centre.latDegrees()).isCloseTo(lat, within(1e-4));
    }

    @Test
    void isAPermutationOfEveryTile() {
        for (int width = 1; width <= 64; width *= 2) {
            boolean[] seen = new boolean[width * width];
            for (long nested = 0; nested < seen.length; nested++) {
                int offset = PixelOrder.fitsOffset(width, nested);
                assertThat(seen[offset]).isFalse();
                seen[offset] = true;
                assertThat(PixelOrder.nestedAt(width, offset)).isEqualTo(nested);
            }
        }
    }

    @Test
    void refusesWidthsThatAreNoPowerOfTwo() {
        assertThat(PixelOrder.requireWidth(1)).isEqualTo(1);
        assertThat(PixelOrder.requireWidth(512)).isEqualTo(512);
        for (int width : new int[] {0, -1, 3, 500, 1 << 16, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> PixelOrder.requireWidth(width)).hasMessageContaining("found " + width);
        }
    }

    /** standards.md §1.4. */
    @ParameterizedTest
    @CsvSource({"3, 512, 27, 29, 1728, 1856", "2, 64, 13, 15, 832, 960", "1, 32, 6, 8, 192, 256", "0, 4, 3, 4, 12, 16"})
    void laysOutAllskyFiles(int order, int tileWidth, int columns, int rows, int width, int height) {
        AllskyLayout layout = AllskyLayout.of(order, tileWidth);
        assertThat(new int[] {layout.columns(), layout.rows(), layout.width(), layout.height()})
                .containsExactly(columns, rows, width, height);
        assertThat(layout.left(columns + 1)).isEqualTo(layout.blockWidth());
        assertThat(layout.top(columns + 1)).isEqualTo(layout.blockWidth());
        assertThat(layout.top(0)).isZero();
    }
}
