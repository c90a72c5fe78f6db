package org.hipsnode.generate.source;

import java.io.Closeable;
import java.io.IOException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;

/** Pixels on the HEALPix grid, handed out tile by tile; may be used by many threads at once. */
public interface TileSource extends Closeable {

    /** Returns the order of the source's own pixels. */
    int pixelOrder();

    Frame frame();

    /** Returns how the numbers of the tiles are to be read. */
    PixelFormat format();

    /** Returns the unit of the physical values; empty if unknown. */
    String unit();

    /**
     * Fills a tile.
     *
     * @param address whose pixels are those of order {@code address.order() + log2(width)}; where that is finer than the
     *     source's own order, source pixels repeat
     * @param data where the numbers go, big-endian, in the order of {@code PixelOrder}; width² of them
     * @return whether any pixel has a value; if not, the data may be anything
     */
    boolean read(TileAddress address, int width, byte[] data) throws IOException;

    /** Tells whether any pixel of a cell has a value. */
    boolean hasData(TileAddress cell) throws IOException;

    /** Returns the physical value of a pixel of the source's own order; NaN if it is blank. */
    double value(long nested) throws IOException;
}
