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

    /** How the pixels are stored. */
    enum Storage {
        PLAIN,
        /** In a table of a FITS file. */
        COMPRESSED,
        GREYS,
        COLOURS;

        boolean isPicture() {
            return this == GREYS || this == COLOURS;
        }
    }

    /**
     * Where the pixels are.
     *
     * @param file as it was found, packed or not
     * @param hdu number of the HDU, 0 for the primary one
     * @param plane of a cube, or colour of a picture, from 0
     * @param offset byte of the unpacked file at which the plane starts; 0 for those that are not plain
     */
    record Place(Path file, int hdu, Storage storage, int plane, long offset) {
        /** Tells whether the image is a picture in colours, of which this is one. */
        boolean isColour() {
            return storage == Storage.COLOURS;
        }

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
                            && storage == place.storage
                            && plane == place.plane
                            && offset == place.offset
                            && file.equals(place.file));
        }

        @Override
        public String toString() {
            return storage.isPicture() ? file.toString() : file + "[" + hdu + "]";
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

    /** Returns one colour of a picture, from 0; those of a grey one are alike. */
    SkyImage colour(int plane) {
        Place colour = new Place(place.file, place.hdu, Storage.COLOURS, plane, 0);
        return new SkyImage(colour, width, height, PicturePixels.COLOUR, wcs, treatment, facts);
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
            double value = format.zero() + format.scale() * stored[at + i];
            // of a colour none is blank alone
            stored[at + i] = !kept ? Double.NaN : place.isColour() ? value : treatment.value(value);
        }
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
