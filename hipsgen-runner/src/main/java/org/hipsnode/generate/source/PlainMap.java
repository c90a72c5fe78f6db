package org.hipsnode.generate.source;

import java.util.Locale;
import org.hipsnode.fits.FitsCards;
import org.hipsnode.fits.FitsImage.CardWriter;
import org.hipsnode.fits.PixelType;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.Frame;

/** The headers of the plainest of HEALPix maps: one column of a whole sky, NESTED, its frame named. */
public final class PlainMap {
    private PlainMap() {}

    /** Returns the header before the table's. */
    public static byte[] primaryHeader() {
        return new FitsCards()
                .add("SIMPLE", true, "")
                .add("BITPIX", 8, "")
                .add("NAXIS", 0, "")
                .add("EXTEND", true, "")
                .bytes();
    }

    /**
     * Returns the header of the table, which its pixels follow.
     *
     * @param order log2 of the map's nside
     * @param repeat pixels of a row, a part of the map
     * @param more cards to add at the end
     */
    public static byte[] tableHeader(
            PixelType type, int order, Frame frame, int repeat, String column, CardWriter unit, CardWriter more) {
        long count = HealpixGrid.pixelCount(order);
        FitsCards cards = new FitsCards()
                .add("XTENSION", "BINTABLE", "")
                .add("BITPIX", 8, "")
                .add("NAXIS", 2, "")
                .add("NAXIS1", (long) repeat * type.bytes(), "")
                .add("NAXIS2", count / repeat, "")
                .add("PCOUNT", 0, "")
                .add("GCOUNT", 1, "")
                .add("TFIELDS", 1, "")
                .add("TTYPE1", column, "")
                .add("TFORM1", repeat + form(type), "");
        unit.addTo(cards);
        cards.add("PIXTYPE", "HEALPIX", "")
                .add("ORDERING", "NESTED", "")
                .add("COORDSYS", String.valueOf(frame.letter()), name(frame))
                .add("NSIDE", 1L << order, "")
                .add("FIRSTPIX", 0, "")
                .add("LASTPIX", count - 1, "")
                .add("INDXSCHM", "IMPLICIT", "");
        more.addTo(cards);
        return cards.bytes();
    }

    private static String name(Frame frame) {
        return frame.keyword().substring(0, 1).toUpperCase(Locale.ROOT)
                + frame.keyword().substring(1);
    }

    /** FITS 4.0 table 18. */
    private static String form(PixelType type) {
        return switch (type) {
            case UINT8 -> "B";
            case INT16 -> "I";
            case INT32 -> "J";
            case INT64 -> "K";
            case FLOAT32 -> "E";
            case FLOAT64 -> "D";
        };
    }
}
