package org.hipsnode.generate.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.healpix.Zorder;
import org.hipsnode.tile.PixelOrder;

/**
 * Gathers tiles from a column in which row order is pixel order.
 *
 * <p>RING: along a line of a tile where x + y is constant, pixels follow each other in one ring, so each such run is found by
 * one computation and copied whole. NESTED: a tile is one run; where each pixel goes follows from two tables, for x and y.
 */
final class ImplicitMap implements PixelGatherer {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final MapColumn column;
    private final HealpixGrid grid;
    private final boolean ring;
    private final long firstPixel;

    /**
     * Takes a column.
     *
     * @param firstPixel number of the first element's pixel
     */
    ImplicitMap(MapColumn column, int pixelOrder, boolean ring, long firstPixel) {
        this.column = column;
        this.grid = HealpixGrid.ofOrder(pixelOrder);
        this.ring = ring;
        this.firstPixel = firstPixel;
    }

    @Override
    public boolean gather(long firstNested, int width, byte[] data) {
        return ring ? gatherRing(firstNested, width, data) : gatherNested(firstNested, width, data);
    }

    private boolean gatherRing(long firstNested, int width, byte[] data) {
        int cell = grid.baseCell(firstNested);
        long x0 = grid.x(firstNested);
        long y0 = grid.y(firstNested);
        boolean any = false;
        for (int sum = 0; sum <= 2 * (width - 1); sum++) {
            int x = Math.max(0, sum - width + 1);
            int count = Math.min(sum, width - 1) - x + 1;
            long first = grid.ringNumber(cell, x0 + x, y0 + sum - x);
            // the next pixel of the run has x one larger and y one smaller: one line up, one column left
            int target = PixelOrder.fitsOffset(width, x, sum - x);
            int step = PixelOrder.fitsOffset(width, 1, 0) - PixelOrder.fitsOffset(width, 0, 1);
            int beforeWrap = (int) Math.min(count, ringEnd(cell, x0 + x, y0 + sum - x) - first);
            any |= copy(first, beforeWrap, data, target, step);
            if (beforeWrap < count) {
                long wrapped = grid.ringNumber(cell, x0 + x + beforeWrap, y0 + sum - x - beforeWrap);
                any |= copy(wrapped, count - beforeWrap, data, target + beforeWrap * step, step);
            }
        }
        return any;
    }

    private long ringEnd(int cell, long x, long y) {
        long ringNumber = grid.ringOf(cell, x, y);
        return grid.ringStart(ringNumber) + grid.ringLength(ringNumber);
    }

    private boolean gatherNested(long firstNested, int width, byte[] data) {
        int size = column.type().bytes();
        byte[] run = new byte[width * width * size];
        if (!isWhole()) {
            // pixels that the map lacks keep what stands in data, which is one number everywhere
            for (int i = 0; i < width * width; i++) {
                System.arraycopy(data, 0, run, i * size, size);
            }
        }
        boolean any = copy(firstNested, width * width, run, 0, 1);
        if (any) {
            scatter(run, width, size, data);
        }
        return any;
    }

    private static void scatter(byte[] run, int width, int size, byte[] data) {
        int[] fromY = new int[width];
        for (int y = 0; y < width; y++) {
            fromY[y] = (int) Zorder.index(0, y);
        }
        for (int x = 0; x < width; x++) {
            int fromX = (int) Zorder.index(x, 0);
            int line = PixelOrder.fitsOffset(width, x, 0);
            switch (size) {
                case 4 -> {
                    for (int y = 0; y < width; y++) {
                        INTS.set(data, 4 * (line + y), (int) INTS.get(run, 4 * (fromX | fromY[y])));
                    }
                }
                case 8 -> {
                    for (int y = 0; y < width; y++) {
                        LONGS.set(data, 8 * (line + y), (long) LONGS.get(run, 8 * (fromX | fromY[y])));
                    }
                }
                default -> {
                    for (int y = 0; y < width; y++) {
                        System.arraycopy(run, size * (fromX | fromY[y]), data, size * (line + y), size);
                    }
                }
            }
        }
    }

    /** Copies pixels that the map has; false if it has none of them. Those that it lacks are left alone. */
    private boolean copy(long firstNumber, int count, byte[] into, int index, int step) {
        long from = firstNumber - firstPixel;
        int skip = (int) Math.max(0, Math.min(count, -from));
        int present = (int) Math.max(0, Math.min(count - skip, column.count() - (from + skip)));
        if (present > 0) {
            column.copy(from + skip, present, into, index + skip * step, step);
        }
        return present > 0;
    }

    @Override
    public boolean pixel(long nested, byte[] one) {
        return copy(ring ? grid.nestedToRing(nested) : nested, 1, one, 0, 1);
    }

    @Override
    public boolean isWhole() {
        return firstPixel <= 0 && column.count() >= grid.pixelCount();
    }
}
