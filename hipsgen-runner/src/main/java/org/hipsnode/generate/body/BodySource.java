package org.hipsnode.generate.body;

import java.io.IOException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.UnitVector;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;

/** One band of a map as a source of tiles: each pixel has what the map says of the body at its centre, found exactly. */
final class BodySource implements TileSource {
    /** Cells are looked into for data in pieces of so many pixels a side. */
    private static final int LOG2_OF_PIECE = 4;

    /** Cells reach farther from their centres than half their side; this much of it at most, in the corners near the poles. */
    private static final double REACH = 1.5;

    private final RasterFile file;
    private final Plane plane;
    private final int band;
    private final Manner manner;

    /**
     * How values become pixels.
     *
     * @param format integers are rounded
     */
    record Manner(int pixelOrder, boolean nearest, PixelFormat format, String unit) {}

    BodySource(RasterFile file, Plane plane, int band, Manner manner) {
        this.file = file;
        this.plane = plane;
        this.band = band;
        this.manner = manner;
    }

    @Override
    public int pixelOrder() {
        return manner.pixelOrder;
    }

    /** A body's own longitudes and latitudes are laid out as right ascensions and declinations are. */
    @Override
    public Frame frame() {
        return Frame.EQUATORIAL;
    }

    @Override
    public PixelFormat format() {
        return manner.format;
    }

    @Override
    public String unit() {
        return manner.unit;
    }

    @Override
    public boolean read(TileAddress address, int width, byte[] data) throws IOException {
        manner.format.fillBlank(data, 0, width * width);
        if (!mayTouch(address)) {
            return false;
        }
        HealpixGrid cells = HealpixGrid.ofOrder(address.order());
        Sampler sampler = sampler();
        boolean any = false;
        for (int y = 0; y < width; y++) {
            for (int x = 0; x < width; x++) {
                double value = valueAt(
                        cells.pointIn(address.index(), (x + 0.5) / width, (y + 0.5) / width)
                                .vector(),
                        sampler);
                if (!Double.isNaN(value)) {
                    put(data, PixelOrder.fitsOffset(width, x, y), value);
                    any = true;
                }
            }
        }
        return any;
    }

    private void put(byte[] data, int at, double value) {
        boolean floating = manner.format.type().isFloating();
        manner.format.type().put(data, at, floating ? value : Math.rint(value));
    }

    private Sampler sampler() {
        return new Sampler(file, band, plane, manner.nearest);
    }

    private double valueAt(UnitVector direction, Sampler sampler) throws IOException {
        double[] place = new double[2];
        return plane.toPixel(direction.x(), direction.y(), direction.z(), place)
                ? sampler.at(place[0], place[1])
                : Double.NaN;
    }

    private boolean mayTouch(TileAddress cell) {
        HealpixGrid grid = HealpixGrid.ofOrder(cell.order());
        UnitVector centre = grid.centre(cell.index()).vector();
        return plane.mayTouch(centre.x(), centre.y(), centre.z(), REACH * grid.pixelSizeRadians());
    }

    @Override
    public boolean hasData(TileAddress cell) throws IOException {
        return hasData(cell, sampler());
    }

    private boolean hasData(TileAddress cell, Sampler sampler) throws IOException {
        if (!mayTouch(cell)) {
            return false;
        }
        HealpixGrid grid = HealpixGrid.ofOrder(cell.order());
        int beyond = manner.pixelOrder - cell.order();
        if (beyond > LOG2_OF_PIECE) {
            for (int child = 0; child < 4; child++) {
                if (hasData(new TileAddress(cell.order() + 1, 4 * cell.index() + child), sampler)) {
                    return true;
                }
            }
            return false;
        }
        int side = 1 << Math.max(0, beyond);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                UnitVector direction = grid.pointIn(cell.index(), (x + 0.5) / side, (y + 0.5) / side)
                        .vector();
                if (!Double.isNaN(valueAt(direction, sampler))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public double value(long nested) throws IOException {
        UnitVector centre =
                HealpixGrid.ofOrder(manner.pixelOrder).centre(nested).vector();
        return valueAt(centre, sampler());
    }

    /** The file is closed by who opened it. */
    @Override
    public void close() {}
}
