package org.hipsnode.generate.image;

import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.wcs.ImageWcs;

/**
 * An image that lies on the sky: where its pixels are, and how they are to be read.
 *
 * @param width pixels along the first axis
 * @param height pixels along the second axis
 * @param treatment what is done to its values
 */
record SkyImage(
        Place place, int width, int height, PixelFormat format, ImageWcs wcs, Treatment treatment, Description facts) {

    /**
     * Where the pixels are.
     *
     * @param file as it was found, packed or not
     * @param hdu number of the HDU, 0 for the primary one
     * @param compressed whether the pixels are compressed in a table
     * @param plane of a cube, from 0
     * @param offset byte of the unpacked file at which the plane starts; 0 for compressed ones
     */
    record Place(Path file, int hdu, boolean compressed, int plane, long offset) {
        @Override
        public String toString() {
            return file + "[" + hdu + "]";
        }
    }

    /**
     * What the header tells besides.
     *
     * @param unit BUNIT; empty if there is none
     * @param date DATE, when the file was made
     */
    record Description(String unit, Optional<String> date, Optional<ObservationTime> observed) {}

    SkyImage with(Treatment other) {
        return new SkyImage(place, width, height, format, wcs, other, facts);
    }

    /**
     * Makes values of the stored numbers of a row; NaN where a pixel is blank or cut.
     *
     * @param x of the first of them
     */
    void toValues(double[] stored, int x, int y) {
        boolean whole = treatment.isWhole();
        for (int i = 0; i < stored.length; i++) {
            boolean kept = whole || treatment.cut().depth(x + i, y, width, height) >= 0;
            stored[i] = kept ? treatment.value(format.zero() + format.scale() * stored[i]) : Double.NaN;
        }
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
