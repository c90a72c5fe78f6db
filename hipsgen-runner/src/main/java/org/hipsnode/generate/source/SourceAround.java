package org.hipsnode.generate.source;

import java.io.IOException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.moc.Moc;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;

/** A source that shows another of one number a pixel in some other way, and in the rest is like it. */
abstract class SourceAround implements TileSource {
    final TileSource source;

    SourceAround(TileSource source) {
        this.source = source;
    }

    @Override
    public int pixelOrder() {
        return source.pixelOrder();
    }

    @Override
    public Frame frame() {
        return source.frame();
    }

    @Override
    public PixelFormat format() {
        return source.format();
    }

    @Override
    public String unit() {
        return source.unit();
    }

    @Override
    public Moc reach() {
        return source.reach();
    }

    @Override
    public boolean isCostly() {
        return source.isCostly();
    }

    @Override
    public boolean hasData(TileAddress cell) throws IOException {
        return source.hasData(cell);
    }

    @Override
    public double value(long nested) throws IOException {
        return source.value(nested);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
