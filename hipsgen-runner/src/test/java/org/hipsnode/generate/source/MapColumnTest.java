package org.hipsnode.generate.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.hipsnode.fits.BinaryTable;
import org.hipsnode.fits.FitsFile;
import org.hipsnode.generate.TestMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapColumnTest {
    private static final int PIXELS = 12 * 64 * 64;

    @TempDir
    private Path folder;

    /** Looks at the columns of a table. */
    @FunctionalInterface
    private interface Look {
        void at(List<MapColumn> columns) throws IOException;
    }

    private Path open(TestMap table, Look look) throws IOException {
        Path path = table.write(folder.resolve("map.fits"));
        BinaryTable layout = BinaryTable.of(FitsFile.hdus(path).get(1));
        try (PositionedFile file = PositionedFile.open(path, "map.fits")) {
            look.at(layout.columns().stream()
                    .map(column -> new MapColumn(file, layout, column))
                    .toList());
        }
        return path;
    }

    private static double get(MapColumn column, byte[] data, int index) {
        return column.type().get(data, index);
    }

    /** Rows of a few bytes, of which thousands are read at once, and rows longer than what is read at once. */
    @ParameterizedTest
    @CsvSource({"1", "3", "12", "1024", "24576"})
    void picksTheElementsOfEachColumn(int repeat) throws IOException {
        LongToDoubleFunction bit = i -> i % 3 == 0 || i % 7 == 0 ? 1 : 0;
        TestMap table = TestMap.ofPixels(PIXELS)
                .column("FIRST", 'E', repeat, i -> i + 0.5)
                .column("MASK", 'X', repeat, bit)
                .column("SECOND", 'J', repeat, i -> 2 * i)
                .column("FLAG", 'L', repeat, bit);
        open(table, columns -> {
            for (int first : new int[] {0, 1, 7, 1023, 1024, 20_000, PIXELS - 5}) {
                for (int count : new int[] {1, 5, 30_000}) {
                    int n = Math.min(count, PIXELS - first);
                    byte[][] data = new byte[4][4 * (n + 2)];
                    for (int i = 0; i < 4; i++) {
                        columns.get(i).copy(first, n, data[i], 1);
                    }
                    for (int i = 0; i < n; i++) {
                        assertThat(get(columns.get(0), data[0], i + 1)).isEqualTo(first + i + 0.5);
                        assertThat(get(columns.get(1), data[1], i + 1)).isEqualTo(bit.applyAsDouble(first + i));
                        assertThat(get(columns.get(2), data[2], i + 1)).isEqualTo(2.0 * (first + i));
                        assertThat(get(columns.get(3), data[3], i + 1)).isEqualTo(bit.applyAsDouble(first + i));
                    }
                    // nothing beside the run is touched
                    assertThat(get(columns.get(0), data[0], 0)).isZero();
                    assertThat(get(columns.get(0), data[0], n + 1)).isZero();
                }
            }
        });
    }

    @Test
    void readsAnOnlyColumnStraight() throws IOException {
        open(TestMap.ofPixels(PIXELS).column("V", 'K', 12, i -> 3 * i), columns -> {
            assertThat(columns.get(0).count()).isEqualTo(PIXELS);
            assertThat(columns.get(0).integers(40_000, 3)).containsExactly(120_000, 120_003, 120_006);
        });
    }

    @Test
    void aFileThatBecameShorterIsSaidSo() throws IOException {
        Path path = open(TestMap.ofPixels(PIXELS).column("V", 'E', 1, i -> i), columns -> {});
        BinaryTable layout = BinaryTable.of(FitsFile.hdus(path).get(1));
        try (PositionedFile file = PositionedFile.open(path, "map.fits")) {
            Files.write(path, new byte[100]);
            MapColumn column = new MapColumn(file, layout, layout.columns().get(0));
            assertThatThrownBy(() -> column.copy(0, 1, new byte[4], 0))
                    .isInstanceOf(IOException.class)
                    .hasMessage("'map.fits' became shorter while it was read: leave it alone and start again");
        }
    }
}
