package org.hipsnode.fits;

import java.util.Locale;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;

/** Writes FITS tiles: the image with its place in the tree and its WCS. */
public final class FitsTile {
    /** Reference longitudes of the base cells in the HPX projection, in units of 45°, within ±180°. */
    private static final int[] CENTRE_X = {1, 3, -3, -1, 0, 2, 4, -2, 1, 3, -3, -1};

    private FitsTile() {}

    /**
     * Returns the file of a tile.
     *
     * @param width pixels along a side
     * @param data pixels in the order of {@code PixelOrder}, big-endian
     * @param unit BUNIT; empty if unknown
     */
    public static byte[] encode(
            TileAddress address, int width, Frame frame, PixelFormat format, byte[] data, String unit) {
        return FitsImage.encode(width, width, format, data, cards -> describe(cards, address, width, frame, unit));
    }

    /** Returns the file of a tile as {@link #encode} does, in pieces, of which one is the pixels themselves: that saves a copy. */
    public static byte[][] pieces(
            TileAddress address, int width, Frame frame, PixelFormat format, byte[] data, String unit) {
        return FitsImage.pieces(width, width, format, data, cards -> describe(cards, address, width, frame, unit));
    }

    private static void describe(FitsCards cards, TileAddress address, int width, Frame frame, String unit) {
        if (!unit.isEmpty()) {
            cards.add("BUNIT", unit, "");
        }
        addWcs(cards, address, width, frame);
        cards.add("ORDER", address.order(), "HiPS order of this tile");
        cards.add("NPIX", address.index(), "HEALPix NESTED index of this tile");
    }

    /**
     * Adds the WCS of a tile in the HPX projection with H = 4 and K = 3 (Calabretta and Roukema 2007; HiPS 1.0 §4.2.1; the
     * closed form of standards.md §1.3).
     *
     * <p>A base cell is a square standing on its corner, 90° from corner to corner; the centre of base cell f lies at
     * (45° · CENTRE_X[f], 45° · {1, 0, −1}) of the projection plane. All products are whole numbers, so nothing is rounded.
     */
    static void addWcs(FitsCards cards, TileAddress address, int width, Frame frame) {
        HealpixGrid grid = HealpixGrid.ofOrder(address.order());
        int base = grid.baseCell(address.index());
        long x = grid.x(address.index());
        long y = grid.y(address.index());
        long pixels = width * grid.nside();
        String step = FitsCards.format(45.0 / pixels);
        long sum = (x - y) * width + width + 1 + CENTRE_X[base] * pixels;
        long difference = (x + y) * width + width - pixels + (1 - base / 4) * pixels;
        String[] axes = axes(frame);
        cards.add("CTYPE1", axes[0] + "-HPX", "")
                .add("CTYPE2", axes[1] + "-HPX", "")
                .add("CRPIX1", (sum - difference) / 2.0, "")
                .add("CRPIX2", (sum + difference) / 2.0, "")
                .add("CRVAL1", 0.0, "")
                .add("CRVAL2", 0.0, "")
                .addNumber("CD1_1", "-" + step)
                .addNumber("CD1_2", "-" + step)
                .addNumber("CD2_1", step)
                .addNumber("CD2_2", "-" + step)
                .add("CUNIT1", "deg", "")
                .add("CUNIT2", "deg", "")
                .add("PV2_1", 4, "HPX H parameter (longitude)")
                .add("PV2_2", 3, "HPX K parameter (latitude)");
        if (frame == Frame.EQUATORIAL) {
            cards.add("RADESYS", "ICRS", "");
        }
    }

    private static String[] axes(Frame frame) {
        return switch (frame) {
            case EQUATORIAL -> new String[] {"RA--", "DEC-"};
            case GALACTIC, ECLIPTIC -> {
                String letter = frame.keyword().substring(0, 1).toUpperCase(Locale.ROOT);
                yield new String[] {letter + "LON", letter + "LAT"};
            }
        };
    }
}
