package org.hipsnode.generate.source;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.moc.Moc;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;

/** The part of a source that lies in a region: pixels whose centres do not are blank. */
public final class RegionSource extends SourceAround {
    /** A region of the sky in a frame of its own. */
    public record Region(Moc moc, Frame frame) {
        boolean contains(SkyPoint point, Frame pointFrame) {
            return moc.contains(
                    frame == pointFrame
                            ? point
                            : frame.fromIcrs(pointFrame.toIcrs(point.vector())).point());
        }
    }

    private final Region region;

    /** Takes a source of one number a pixel that can be blank. */
    public RegionSource(TileSource source, Region region) {
        super(source);
        if (!source.format().hasBlank()) {
            throw new IllegalArgumentException("a region needs pixels that can be blank");
        }
        this.region = region;
    }

    @Override
    public boolean read(TileAddress address, int width, byte[] data) throws IOException {
        if (isOutside(address) || !source.read(address, width, data)) {
            return false;
        }
        return isInside(address) || cut(address, width, data);
    }

    /** Only where frames agree can cells be judged whole. */
    private boolean isOutside(TileAddress cell) {
        return region.frame == frame() && !region.moc.touchesCell(cell.order(), cell.index());
    }

    private boolean isInside(TileAddress cell) {
        return region.frame == frame() && region.moc.containsCell(cell.order(), cell.index());
    }

    private boolean cut(TileAddress address, int width, byte[] data) {
        HealpixGrid grid = HealpixGrid.ofOrder(address.order() + Integer.numberOfTrailingZeros(width));
        long first = address.index() * width * width;
        boolean any = false;
        for (int i = 0; i < width * width; i++) {
            if (!region.contains(grid.centre(first + PixelOrder.nestedAt(width, i)), frame())) {
                format().putBlank(data, i);
            } else {
                any |= !format().isBlank(data, i);
            }
        }
        return any;
    }

    @Override
    public Optional<byte[]> original(TileAddress address, int width, TileFormat format) throws IOException {
        return isInside(address) ? source.original(address, width, format) : Optional.empty();
    }

    @Override
    public boolean hasData(TileAddress cell) throws IOException {
        if (isOutside(cell) || !source.hasData(cell)) {
            return false;
        }
        if (isInside(cell)) {
            return true;
        }
        int width = 1 << Math.min(8, Math.max(0, pixelOrder() - cell.order()));
        int order = pixelOrder() - Integer.numberOfTrailingZeros(width);
        if (order < cell.order()) {
            order = cell.order();
        }
        int shift = 2 * (order - cell.order());
        byte[] data = new byte[width * width * format().type().bytes()];
        for (long i = 0; i < 1L << shift; i++) {
            if (read(new TileAddress(order, (cell.index() << shift) + i), width, data)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double value(long nested) throws IOException {
        return region.contains(HealpixGrid.ofOrder(pixelOrder()).centre(nested), frame())
                ? source.value(nested)
                : Double.NaN;
    }
}
