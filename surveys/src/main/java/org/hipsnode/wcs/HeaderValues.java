package org.hipsnode.wcs;

import java.util.Locale;
import java.util.OptionalDouble;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.wcs.WcsException.Kind;

/** The values of a header as WCS wants them: a number that is there is finite, or the header is refused. */
record HeaderValues(FitsHeader header) {
    private static final long MAX_AXES = 99;

    /** Returns a text in capitals, empty if there is none. */
    String text(String keyword) {
        return header.text(keyword).orElse("").toUpperCase(Locale.ROOT);
    }

    double number(String keyword, double otherwise) throws WcsException {
        OptionalDouble value = header.number(keyword);
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            return value.getAsDouble();
        }
        if (header.text(keyword).isEmpty()) {
            return otherwise;
        }
        throw new WcsException(Kind.BAD_VALUE, "a number as " + keyword, "'" + text(keyword) + "'");
    }

    boolean has(String keyword) {
        return header.text(keyword).isPresent();
    }

    /** Returns the number of axes that the header may describe: those of the image, or more (Paper I §2.2, WCSAXES). */
    int axes() throws WcsException {
        long axes = Math.max(imageAxes(), header.integer("WCSAXES", 0));
        if (axes > MAX_AXES) {
            throw new WcsException(Kind.BAD_VALUE, "at most " + MAX_AXES + " axes", Long.toString(axes));
        }
        return (int) axes;
    }

    /** Returns NAXIS, or that of the image inside a compressed one (FITS 4.0 §10.1.2). */
    long imageAxes() {
        return header.integer(isCompressed() ? "ZNAXIS" : "NAXIS", 0);
    }

    /** Returns the number of pixels along an axis, 1 if the image does not have that axis. */
    long size(int axis) {
        return header.integer((isCompressed() ? "ZNAXIS" : "NAXIS") + axis, 1);
    }

    private boolean isCompressed() {
        return text("ZIMAGE").equals("T");
    }
}
