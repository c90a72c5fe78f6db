package org.hipsnode.generate.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.moc.Moc;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;
import org.junit.jupiter.api.Test;

/** Pyramids over coverage of any shape: dense in one corner, a few tiles elsewhere, and base cells with nothing. */
class PyramidTest {
    private static final int WIDTH = 2;

    /** Tiles of numbers that follow from their address; one in seven has no data after all. */
    private record Numbers(PixelFormat format) implements TileSource {
        Numbers() {
            this(PixelFormat.of(PixelType.FLOAT64));
        }

        @Override
        public int pixelOrder() {
            return 20;
        }

        @Override
        public Frame frame() {
            return Frame.EQUATORIAL;
        }

        @Override
        public String unit() {
            return "";
        }

        @Override
        public boolean read(TileAddress address, int width, byte[] data) {
            for (int i = 0; i < width * width; i++) {
                format.type().put(data, i, address.index() + i / 8.0);
            }
            return hasData(address);
        }

        @Override
        public boolean hasData(TileAddress cell) {
            return cell.index() % 7 != 3;
        }

        @Override
        public double value(long nested) {
            return nested;
        }

        @Override
        public void close() {}
    }

    private static Moc tiles(int order, Random random) {
        Moc.Builder tiles = new Moc.Builder(order);
        for (int patch = random.nextInt(4); patch > 0; patch--) {
            int of = random.nextInt(order + 1);
            if (order - of <= 4) {
                tiles.add(of, random.nextLong(12L << (2 * of)));
            }
        }
        for (int i = 1 + random.nextInt(30); i > 0; i--) {
            tiles.add(order, random.nextLong(12L << (2 * order)));
        }
        return tiles.build();
    }

    @Property(tries = 60)
    void everyTileIsMadeOnceWhoeverMakesIt(
            @ForAll @IntRange(max = 8) int order, @ForAll @IntRange(min = 1, max = 6) int workers, @ForAll long seed)
            throws IOException {
        Moc tiles = tiles(order, new Random(seed));
        Map<TileAddress, byte[]> made = new ConcurrentHashMap<>();
        new Pyramid(
                        new Numbers(),
                        WIDTH,
                        tiles,
                        (address, data) -> assertThat(made.put(address, data.clone()))
                                .as("made twice: %s", address)
                                .isNull())
                .run(workers);
        Map<TileAddress, byte[]> expected = slowly(tiles);
        assertThat(made.keySet()).isEqualTo(expected.keySet());
        expected.forEach((address, data) -> assertThat(Arrays.equals(made.get(address), data))
                .as("%s", address)
                .isTrue());
    }

    /** The slow twin: order after order, from the deepest up. */
    private static Map<TileAddress, byte[]> slowly(Moc tiles) {
        Numbers source = new Numbers();
        Map<TileAddress, byte[]> all = new HashMap<>();
        tiles.forEachTouchedCell(tiles.order(), (order, index) -> {
            byte[] data = new byte[WIDTH * WIDTH * Double.BYTES];
            if (source.read(new TileAddress(order, index), WIDTH, data)) {
                all.put(new TileAddress(order, index), data);
            }
        });
        Halving halving = new Halving(source.format(), WIDTH);
        for (int above = tiles.order() - 1; above >= 0; above--) {
            tiles.forEachTouchedCell(above, (order, index) -> {
                TileAddress parent = new TileAddress(order, index);
                List<byte[]> children = new ArrayList<>();
                for (int quarter = 0; quarter < 4; quarter++) {
                    children.add(all.getOrDefault(parent.child(quarter), Halving.BLANK));
                }
                if (children.stream().anyMatch(child -> child.length > 0)) {
                    all.put(parent, halving.parent(children));
                }
            });
        }
        return all;
    }

    @Test
    void theFailureOfOneWorkerIsThatOfTheRun() {
        IOException full = new IOException("full");
        Pyramid pyramid = new Pyramid(new Numbers(), WIDTH, Moc.fullSky(4), (address, data) -> {
            if (address.order() == 4 && address.index() == 2000) {
                throw full;
            }
        });
        assertThatThrownBy(() -> pyramid.run(3)).isSameAs(full);
    }
}
