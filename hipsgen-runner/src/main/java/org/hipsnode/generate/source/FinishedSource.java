package org.hipsnode.generate.source;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.tile.TileAddress;

/** A source whose tiles are filled from their files where these are finished already. */
public final class FinishedSource extends SourceAround {
    private final int order;
    private final int width;
    private final Finished finished;

    /** Finds the pixels of finished tiles. */
    @FunctionalInterface
    public interface Finished {
        /** Returns the pixels of a tile in the order of {@code PixelOrder}; empty if it is to be filled. */
        Optional<byte[]> pixels(TileAddress address) throws IOException;
    }

    private FinishedSource(TileSource source, int order, int width, Finished finished) {
        super(source);
        this.order = order;
        this.width = width;
        this.finished = finished;
    }

    /**
     * Returns a source that is filled from finished tiles, if that is worth it: else the source itself.
     *
     * @param order of the deepest tiles that have files
     * @param width of these tiles
     */
    public static TileSource around(TileSource source, int order, int width, Finished finished) {
        return source.isCostly() ? new FinishedSource(source, order, width, finished) : source;
    }

    @Override
    public boolean read(TileAddress address, int tileWidth, byte[] data) throws IOException {
        Optional<byte[]> pixels =
                address.order() == order && tileWidth == width ? finished.pixels(address) : Optional.empty();
        if (pixels.isEmpty() || pixels.get().length != data.length) {
            return source.read(address, tileWidth, data);
        }
        System.arraycopy(pixels.get(), 0, data, 0, data.length);
        return true;
    }
}
