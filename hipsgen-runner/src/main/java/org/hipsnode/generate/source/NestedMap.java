package org.hipsnode.generate.source;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.healpix.Zorder;
import org.hipsnode.tile.PixelOrder;

/** Gathers tiles from a column in NESTED order: a tile is one run, and where each pixel goes follows from tables for x and y. */
final class NestedMap implements PixelGatherer {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final StretchOfSky pixels;
    private final HealpixGrid grid;

    NestedMap(StretchOfSky pixels, int pixelOrder) {
        this.pixels = pixels;
        this.grid = HealpixGrid.ofOrder(pixelOrder);
    }

    @Override
    public boolean gather(long firstNested, int width, byte[] data) throws IOException {
        int size = pixels.size();
        byte[] run = new byte[width * width * size];
        if (!isWhole()) {
            StretchOfSky.fill(run, data, size);
        }
        boolean any = pixels.copy(firstNested, width * width, run, 0);
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

    @Override
    public boolean pixel(long nested, byte[] one) throws IOException {
        return pixels.copy(nested, 1, one, 0);
    }

    @Override
    public boolean isWhole() {
        return pixels.covers(grid);
    }
}
