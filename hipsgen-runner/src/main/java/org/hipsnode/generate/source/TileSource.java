package org.hipsnode.generate.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.moc.Moc;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;

/**
 * Pixels on the HEALPix grid, handed out tile by tile; may be used by many threads at once.
 *
 * <p>A pixel has one number, or several where they are to be averaged apart before they are shown together: the planes of a
 * tile, one after the other. What is shown of a tile, which is what files hold, follows from its planes by {@link #shown}.
 */
public interface TileSource extends Closeable {

    /** Returns the order of the source's own pixels. */
    int pixelOrder();

    Frame frame();

    /** Returns how the numbers of the tiles are to be read. */
    PixelFormat format();

    /** Returns how many numbers a pixel has. */
    default int planes() {
        return 1;
    }

    /** Returns what is shown of a tile: numbers of {@link #format()}, plane after plane. */
    default byte[] shown(byte[] tile) {
        return tile;
    }

    /** Returns how many numbers are shown of a pixel: one value, or three that make a colour. */
    default int shownPlanes() {
        return planes();
    }

    /**
     * Returns the file of a tile where the source has it just as it would be made, so that nothing is lost by making it again.
     *
     * @param width of the tiles that are made
     */
    default Optional<byte[]> original(TileAddress address, int width, TileFormat format) throws IOException {
        return Optional.empty();
    }

    /** Returns the unit of the physical values; empty if unknown. */
    String unit();

    /**
     * Fills a tile.
     *
     * @param address whose pixels are those of order {@code address.order() + log2(width)}; where that is finer than the
     *     source's own order, source pixels repeat
     * @param data where the numbers go, big-endian, in the order of {@code PixelOrder}; {@link #planes()} times width² of them
     * @return whether any pixel has a value; if not, the data may be anything
     */
    boolean read(TileAddress address, int width, byte[] data) throws IOException;

    /** Returns cells outside of which no pixel has a value, so that nobody needs to look there. */
    default Moc reach() {
        return Moc.fullSky(0);
    }

    /** Tells whether filling a tile takes much longer than reading it from its file, if there is one already. */
    default boolean isCostly() {
        return false;
    }

    /** Tells whether any pixel of a cell has a value. */
    boolean hasData(TileAddress cell) throws IOException;

    /**
     * Returns the physical value of a pixel of the source's own order, or one that stands for its neighbourhood; NaN if it is
     * blank. For sources of which one number is shown.
     */
    double value(long nested) throws IOException;
}
