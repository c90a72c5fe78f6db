package org.hipsnode.generate.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;

/** Three sources on one grid as the planes of one: red, green, blue, each averaged for itself. */
public final class ColourSource implements TileSource {
    private final List<TileSource> channels;

    private ColourSource(List<TileSource> channels) {
        this.channels = List.copyOf(channels);
    }

    /** Takes three sources of one value each, of the same frame, order and pixel format. */
    public static ColourSource of(List<TileSource> channels) {
        TileSource first = channels.get(0);
        for (TileSource channel : channels) {
            if (channel.pixelOrder() != first.pixelOrder()
                    || channel.frame() != first.frame()
                    || !channel.format().equals(first.format())
                    || channel.planes() != 1) {
                throw new IllegalArgumentException("the channels of a colour must share grid and format");
            }
        }
        return new ColourSource(channels);
    }

    /** Returns the sources of red, green and blue. */
    public List<TileSource> channels() {
        return channels;
    }

    @Override
    public int pixelOrder() {
        return channels.get(0).pixelOrder();
    }

    @Override
    public Frame frame() {
        return channels.get(0).frame();
    }

    @Override
    public PixelFormat format() {
        return channels.get(0).format();
    }

    @Override
    public int planes() {
        return channels.size();
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public boolean read(TileAddress address, int width, byte[] data) throws IOException {
        return Planes.read(channels, address, width, data);
    }

    @Override
    public Optional<byte[]> original(TileAddress address, int width, TileFormat format) throws IOException {
        return channels.get(0).original(address, width, format);
    }

    @Override
    public boolean hasData(TileAddress cell) throws IOException {
        for (TileSource channel : channels) {
            if (channel.hasData(cell)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double value(long nested) {
        throw new UnsupportedOperationException("a colour is not one value");
    }

    @Override
    public void close() throws IOException {
        for (TileSource channel : channels) {
            channel.close();
        }
    }
}
