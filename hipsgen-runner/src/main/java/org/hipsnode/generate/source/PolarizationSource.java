package org.hipsnode.generate.source;

import java.io.IOException;
import java.util.List;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.UnitVector;
import org.hipsnode.survey.SurveyDefinition.Polarization.Quantity;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;

/**
 * Polarized intensity or polarization angle from the Stokes parameters Q and U.
 *
 * <p>Q and U are averaged, and what is shown is computed from their means at each order: the mean of angles of 1° and 179°
 * would be 90°. A pixel is blank if Q or U is.
 *
 * <p>The angle counts from north through east, as the IAU has it, in the frame of the tiles, −90° to 90°. In maps of the
 * HEALPix convention (POLCCONV = COSMO, or none) U has the other sign. Where tiles are of another frame than the map, Q and U
 * turn with north: Q + iU, in the sense of the IAU, becomes (Q + iU)·exp(−2iψ), ψ being the position angle of the new north in
 * the old frame.
 */
public final class PolarizationSource implements TileSource {
    /** What is known of the map. */
    public record Convention(boolean iau, Frame frame) {}

    private static final PixelFormat FORMAT = PixelFormat.of(PixelType.FLOAT32);

    private final TileSource q;
    private final TileSource u;
    private final Quantity quantity;
    private final Convention convention;

    /**
     * Takes two sources of values as 32-bit floating-point numbers, on one grid.
     *
     * @param convention how the map from which they come has them
     */
    public PolarizationSource(TileSource q, TileSource u, Quantity quantity, Convention convention) {
        this.q = q;
        this.u = u;
        this.quantity = quantity;
        this.convention = convention;
        if (!q.format().equals(FORMAT) || !u.format().equals(FORMAT)) {
            throw new IllegalArgumentException("Q and U must be 32-bit floating-point numbers");
        }
    }

    @Override
    public int pixelOrder() {
        return q.pixelOrder();
    }

    @Override
    public Frame frame() {
        return q.frame();
    }

    @Override
    public PixelFormat format() {
        return FORMAT;
    }

    @Override
    public int planes() {
        return 2;
    }

    @Override
    public int shownPlanes() {
        return 1;
    }

    @Override
    public String unit() {
        return quantity == Quantity.ANGLE ? "deg" : q.unit();
    }

    @Override
    public boolean read(TileAddress address, int width, byte[] data) throws IOException {
        if (!Planes.read(List.of(q, u), address, width, data)) {
            return false;
        }
        int pixels = width * width;
        boolean any = false;
        for (int i = 0; i < pixels; i++) {
            if (FORMAT.isBlank(data, i) || FORMAT.isBlank(data, pixels + i)) {
                FORMAT.putBlank(data, i);
                FORMAT.putBlank(data, pixels + i);
            } else {
                any = true;
            }
        }
        if (quantity == Quantity.ANGLE) {
            turn(address, width, data);
        }
        return any;
    }

    /** Brings Q and U into the sense of the IAU and the frame of the tiles. */
    private void turn(TileAddress address, int width, byte[] data) {
        int pixels = width * width;
        HealpixGrid grid = HealpixGrid.ofOrder(address.order() + Integer.numberOfTrailingZeros(width));
        for (int i = 0; i < pixels; i++) {
            double oldQ = PixelType.FLOAT32.get(data, i);
            double oldU =
                    convention.iau ? PixelType.FLOAT32.get(data, pixels + i) : -PixelType.FLOAT32.get(data, pixels + i);
            double turn = 0;
            if (convention.frame != frame()) {
                long nested = address.index() * pixels + PixelOrder.nestedAt(width, i);
                turn = 2
                        * turnOfNorth(
                                frame(), convention.frame, grid.centre(nested).vector());
            }
            PixelType.FLOAT32.put(data, i, oldQ * Math.cos(turn) + oldU * Math.sin(turn));
            PixelType.FLOAT32.put(data, pixels + i, oldU * Math.cos(turn) - oldQ * Math.sin(turn));
        }
    }

    /**
     * Returns the position angle, in an old frame, of the north of a new one, in radians from north through east.
     *
     * @param place in the new frame
     */
    static double turnOfNorth(Frame newFrame, Frame oldFrame, UnitVector place) {
        UnitVector here = newFrame.toIcrs(place);
        UnitVector oldPole = oldFrame.toIcrs(new UnitVector(0, 0, 1));
        UnitVector newPole = newFrame.toIcrs(new UnitVector(0, 0, 1));
        // east of the old frame is pole × here; north is what of the pole lies in the plane of the sky
        double east = oldPole.y() * here.z() * newPole.x()
                - oldPole.z() * here.y() * newPole.x()
                + oldPole.z() * here.x() * newPole.y()
                - oldPole.x() * here.z() * newPole.y()
                + oldPole.x() * here.y() * newPole.z()
                - oldPole.y() * here.x() * newPole.z();
        double north = newPole.dot(oldPole) - newPole.dot(here) * oldPole.dot(here);
        return Math.atan2(east, north);
    }

    @Override
    public byte[] shown(byte[] tile) {
        int pixels = tile.length / 8;
        byte[] shown = new byte[tile.length / 2];
        for (int i = 0; i < pixels; i++) {
            PixelType.FLOAT32.put(
                    shown, i, quantity(PixelType.FLOAT32.get(tile, i), PixelType.FLOAT32.get(tile, pixels + i)));
        }
        return shown;
    }

    /** NaN if either is. */
    private double quantity(double valueOfQ, double valueOfU) {
        return quantity == Quantity.ANGLE
                ? Math.toDegrees(Math.atan2(valueOfU, valueOfQ)) / 2
                : Math.hypot(valueOfQ, valueOfU);
    }

    @Override
    public boolean hasData(TileAddress cell) throws IOException {
        return q.hasData(cell) && u.hasData(cell);
    }

    /** The angle in the map's own frame, since north does not matter to a choice of colours. */
    @Override
    public double value(long nested) throws IOException {
        return quantity(q.value(nested), u.value(nested));
    }

    @Override
    public void close() throws IOException {
        q.close();
        u.close();
    }
}
