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
        /** By hand: what the JVM makes for records is slow until it is compiled. */
        @Override
        public int hashCode() {
            return 31 * (31 * file.hashCode() + hdu) + plane;
        }

        @Override
        public boolean equals(Object other) {
            return this == other
                    || (other instanceof Place place
                            && hdu == place.hdu
                            && compressed == place.compressed
                            && plane == place.plane
                            && offset == place.offset
                            && file.equals(place.file));
        }

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

    /** Tells whether a place lies within the image, the centre of its first pixel being 0. */
    boolean holds(double x, double y) {
        return x >= -0.5 && x < width - 0.5 && y >= -0.5 && y < height - 0.5;
    }

    SkyImage with(Treatment other) {
        return new SkyImage(place, width, height, format, wcs, other, facts);
    }

    /**
     * Makes values of the stored numbers of a part of a row; NaN where a pixel is blank or cut.
     *
     * @param x of the first of them
     * @param at where they are
     */
    void toValues(double[] stored, int at, int count, int x, int y) {
        if (format.isPlain() && treatment.changesNothing()) {
            return;
        }
        boolean whole = treatment.isWhole();
        for (int i = 0; i < count; i++) {
            boolean kept = whole || treatment.cut().depth(x + i, y, width, height) >= 0;
            stored[at + i] = kept ? treatment.value(format.zero() + format.scale() * stored[at + i]) : Double.NaN;
        }
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
