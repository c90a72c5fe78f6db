package org.hipsnode.generate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.hipsnode.sky.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {

    /** Hipsgen's choice (standards.md §4.2), and ours for the maps that it refuses. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 3",
        "4, 1, 3",
        "8, 1, 3",
        "16, 2, 3",
        "32, 4, 3",
        "64, 8, 3",
        "256, 32, 3",
        "512, 64, 3",
        "1024, 128, 3",
        "2048, 256, 3",
        "4096, 512, 3",
        "8192, 512, 4"
    })
    void choosesWidthAndOrderAsHipsgenDoes(int nside, int width, int order) {
        Layout layout = layout(nside, OptionalInt.empty(), OptionalInt.empty());
        assertThat(layout.tileWidth()).isEqualTo(width);
        assertThat(layout.order()).isEqualTo(order);
        assertThat(layout.sourceOrder()).isEqualTo(order);
    }

    private static Layout layout(int nside, OptionalInt width, OptionalInt order) {
        return Layout.forMap(Frame.GALACTIC, Integer.numberOfTrailingZeros(nside), width, order);
    }

    @Test
    void aGivenWidthSetsTheOrder() {
        assertThat(layout(256, OptionalInt.of(32), OptionalInt.empty()).order()).isEqualTo(3);
        assertThat(layout(256, OptionalInt.of(256), OptionalInt.empty()).order())
                .isZero();
        assertThat(layout(256, OptionalInt.of(1), OptionalInt.empty()).order()).isEqualTo(8);
    }

    @Test
    void aLowerOrderLeavesTheDeeperTilesOut() {
        Layout layout = layout(2048, OptionalInt.empty(), OptionalInt.of(1));
        assertThat(layout.order()).isEqualTo(1);
        assertThat(layout.sourceOrder()).isEqualTo(3);
        assertThat(layout.pixelOrder()).isEqualTo(9);
    }

    @Test
    void refusesWhatWouldNeedResampling() {
        assertThatThrownBy(() -> layout(64, OptionalInt.empty(), OptionalInt.of(4)))
                .hasMessageContaining("order must be 0 to 3")
                .hasMessageContaining("--tile-width");
        assertThatThrownBy(() -> layout(64, OptionalInt.of(128), OptionalInt.empty()))
                .hasMessageContaining("at most the map's nside of 64, found 128");
        assertThatThrownBy(() -> layout(64, OptionalInt.of(12), OptionalInt.empty()))
                .hasMessageContaining("power of two");
        assertThatThrownBy(() -> layout(64, OptionalInt.empty(), OptionalInt.of(-1)))
                .hasMessageContaining("found -1");
    }
}
