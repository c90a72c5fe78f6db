package org.hipsnode.generate.image;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.wcs.ImageWcs;

/**
 * An image that lies on the sky: where its pixels are, and how they are to be read.
 *
 * @param width pixels along the first axis
 * @param height pixels along the second axis
 * @param blank value of pixels that are blank, besides those that the format marks
 */
record SkyImage(
        Place place, int width, int height, PixelFormat format, OptionalDouble blank, ImageWcs wcs, Description facts) {

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

    /** Returns the value of a stored number; NaN where it is blank. */
    double value(double stored) {
        double value = format.zero() + format.scale() * stored;
        return blank.isPresent() && value == blank.getAsDouble() ? Double.NaN : value;
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
