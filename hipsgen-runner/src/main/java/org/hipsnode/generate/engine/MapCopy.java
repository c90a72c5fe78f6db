package org.hipsnode.generate.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.generate.plan.Layout;
import org.hipsnode.generate.source.PlainMap;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.progress.Progress;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;

/**
 * Writes a source as the plainest of HEALPix maps: one column of a whole sky, NESTED, blank as NaN, its frame named.
 *
 * <p>So Hipsgen can be given any column of any map that we read, and the user's own file, which it would open for writing, is
 * out of its reach.
 */
final class MapCopy {
    /** As healpy does; fewer only where a tile has fewer. */
    private static final int PIXELS_OF_A_ROW = 1024;

    private final TileSource source;
    private final Layout layout;
    private final PixelFormat pixels;
    private final int tilePixels;

    private MapCopy(TileSource source, Layout layout) {
        this.source = source;
        this.layout = layout;
        this.pixels = source.format();
        this.tilePixels = layout.tileWidth() * layout.tileWidth();
    }

    /** Writes the pixels of a layout's deepest tiles into a new file. */
    static void write(TileSource source, Layout layout, Path file, Progress progress) throws IOException {
        new MapCopy(source, layout).write(file, progress);
    }

    private void write(Path file, Progress progress) throws IOException {
        long tiles = HealpixGrid.pixelCount(layout.order());
        int tileBytes = tilePixels * pixels.type().bytes();
        try (OutputStream out =
                        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 20);
                Progress.Phase phase = progress.begin("copy map", "tiles", tiles)) {
            out.write(PlainMap.primaryHeader());
            out.write(PlainMap.tableHeader(
                    pixels.type(),
                    layout.pixelOrder(),
                    layout.frame(),
                    Math.min(PIXELS_OF_A_ROW, tilePixels),
                    "VALUE",
                    unit -> {},
                    more -> {}));
            for (long index = 0; index < tiles; index++) {
                out.write(nested(new TileAddress(layout.order(), index)));
                phase.add(1, tileBytes);
            }
            long tail = tiles * tileBytes % FitsHeader.BLOCK;
            out.write(new byte[tail == 0 ? 0 : (int) (FitsHeader.BLOCK - tail)]);
        }
    }

    private byte[] nested(TileAddress address) throws IOException {
        int size = pixels.type().bytes();
        byte[] tile = new byte[tilePixels * size];
        if (!source.read(address, layout.tileWidth(), tile)) {
            pixels.fillBlank(tile, 0, tilePixels);
        }
        byte[] nested = new byte[tile.length];
        for (int i = 0; i < tilePixels; i++) {
            System.arraycopy(tile, PixelOrder.fitsOffset(layout.tileWidth(), (long) i) * size, nested, i * size, size);
        }
        return nested;
    }
}
