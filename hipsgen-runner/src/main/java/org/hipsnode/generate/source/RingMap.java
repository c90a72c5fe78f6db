package org.hipsnode.generate.source;

import java.io.IOException;
import org.hipsnode.healpix.HealpixGrid;

/** Gathers tiles from a column in RING order, through a window for each thread. */
final class RingMap implements PixelGatherer {
    /** Windows are up to this wide, and no larger than {@link #WINDOW_BYTES}; a wider tile is a window of its own. */
    private static final int WINDOW_WIDTH = 2048;

    private static final int WINDOW_BYTES = 16 << 20;

    private final StretchOfSky pixels;
    private final HealpixGrid grid;
    private final int windowWidth;
    private final ThreadLocal<RingWindow> windows;

    RingMap(StretchOfSky pixels, int pixelOrder) {
        this.pixels = pixels;
        this.grid = HealpixGrid.ofOrder(pixelOrder);
        int log2Numbers = 63 - Long.numberOfLeadingZeros(WINDOW_BYTES / pixels.size());
        this.windowWidth = (int) Math.min(grid.nside(), Math.min(WINDOW_WIDTH, 1 << (log2Numbers / 2)));
        this.windows = ThreadLocal.withInitial(() -> new RingWindow(pixels, grid));
    }

    /** A window is read by whoever asks for its first tile, as those do who want them all; other tiles are read for themselves. */
    @Override
    public boolean gather(long firstNested, int width, byte[] data) throws IOException {
        RingWindow window = windows.get();
        if (!window.holds(firstNested, width)) {
            boolean isFirst = (firstNested & ((long) windowWidth * windowWidth - 1)) == 0;
            window.move(firstNested, isFirst ? Math.max(windowWidth, width) : width, data);
        }
        return window.cut(firstNested, width, data);
    }

    @Override
    public boolean pixel(long nested, byte[] one) throws IOException {
        return pixels.copy(grid.nestedToRing(nested), 1, one, 0);
    }

    @Override
    public boolean isWhole() {
        return pixels.covers(grid);
    }
}
