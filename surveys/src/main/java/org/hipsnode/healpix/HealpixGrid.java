package org.hipsnode.healpix;

import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;

/**
 * The HEALPix pixels of one order: 12·4^order cells of equal area, numbered NESTED or RING.
 *
 * <p>Formulae after Górski et al. 2005 (ApJ 622, 759), §5. In the polar caps the colatitude θ is used through √6·sin(θ/2)
 * in place of √(3(1−|z|)), which keeps every digit up to the pole itself.
 */
public final class HealpixGrid {
    /** The deepest order whose pixel numbers, and NUNIQ numbers, fit in 63 bits. */
    public static final int MAX_ORDER = 29;

    /**
     * No path that moves by one pixel along x or y is longer than this many radians over nside. (Equatorial belt: at most
     * √((5/9)(π/4)² + 4/5); polar caps: at most √((2·π/4·√(2/3))² + 4/5); both from the metric in pixel coordinates.)
     */
    static final double MAX_STEP_TIMES_NSIDE = 1.6;

    private static final double SQRT6 = Math.sqrt(6);
    private static final HealpixGrid[] GRIDS = new HealpixGrid[MAX_ORDER + 1];

    static {
        for (int order = 0; order <= MAX_ORDER; order++) {
            GRIDS[order] = new HealpixGrid(order);
        }
    }

    private final int order;
    private final long nside;
    private final long pixelCount;
    private final long capSize;

    private HealpixGrid(int order) {
        this.order = order;
        this.nside = 1L << order;
        this.pixelCount = 12 * nside * nside;
        this.capSize = 2 * nside * (nside - 1);
    }

    /** Returns the grid of an order from 0 to {@link #MAX_ORDER}. */
    public static HealpixGrid ofOrder(int order) {
        if (order < 0 || order > MAX_ORDER) {
            throw new IllegalArgumentException("HEALPix order must be 0 to " + MAX_ORDER + ", found " + order);
        }
        return GRIDS[order];
    }

    /** Returns the number of pixels of an order. */
    public static long pixelCount(int order) {
        return ofOrder(order).pixelCount;
    }

    public int order() {
        return order;
    }

    /** Returns the pixels along the side of a base cell, 2^order. */
    public long nside() {
        return nside;
    }

    public long pixelCount() {
        return pixelCount;
    }

    /** Returns the side of a square of one pixel's area, in radians. */
    public double pixelSizeRadians() {
        return Math.sqrt(4 * Math.PI / pixelCount);
    }

    /** Returns the NESTED number of the pixel that holds a point. */
    public long nestedAt(SkyPoint point) {
        double lat = point.latRadians();
        double halfChord = Math.sin((Math.PI / 2 - Math.abs(lat)) / 2);
        return nestedAt(point.lonRadians() * (2 / Math.PI), Math.sin(lat), halfChord);
    }

    /** Returns the NESTED number of the pixel that a direction leads to. */
    public long nestedAt(UnitVector direction) {
        double z = direction.z();
        double angle = Math.atan2(direction.y(), direction.x());
        // sin(θ/2) = sin θ / √(2(1+cos θ)), which keeps every digit up to the pole
        double sine = Math.sqrt(direction.x() * direction.x() + direction.y() * direction.y());
        double halfChord = sine / Math.sqrt(2 * (1 + Math.abs(z)));
        return nestedAt((angle < 0 ? angle + 2 * Math.PI : angle) * (2 / Math.PI), z, halfChord);
    }

    /**
     * Finds a pixel.
     *
     * @param quarter longitude in quarters of a turn, 0 to 4
     * @param halfChord sine of half the distance from the nearer pole
     */
    private long nestedAt(double quarter, double z, double halfChord) {
        if (Math.abs(z) > 2.0 / 3.0) {
            return polarNested(quarter, z > 0, nside * SQRT6 * halfChord);
        }
        double middle = nside * (0.5 + quarter);
        double slope = 0.75 * nside * z;
        return nestedOnLines((long) Math.floor(middle - slope), (long) Math.floor(middle + slope));
    }

    private long polarNested(double quarter, boolean north, double distance) {
        int column = Math.min(3, (int) quarter);
        double along = quarter - column;
        long rising = Math.min(nside - 1, (long) (along * distance));
        long falling = Math.min(nside - 1, (long) ((1 - along) * distance));
        return north ? nested(column, nside - 1 - falling, nside - 1 - rising) : nested(column + 8, rising, falling);
    }

    /**
     * Returns the equatorial pixel between the rising edge line number {@code rising} and the falling edge line number
     * {@code falling}, both counted from the west in pixels.
     */
    private long nestedOnLines(long rising, long falling) {
        long faceRising = rising >> order;
        long faceFalling = falling >> order;
        int cell = (int)
                (faceRising == faceFalling
                        ? (faceRising & 3) | 4
                        : faceRising < faceFalling ? faceRising & 3 : (faceFalling & 3) + 8);
        return nested(cell, falling & (nside - 1), nside - 1 - (rising & (nside - 1)));
    }

    /** Returns the centre of a pixel given by its NESTED number. */
    public SkyPoint centre(long nested) {
        return pointIn(nested, 0.5, 0.5);
    }

    /**
     * Returns a point of a pixel by its place between the edges.
     *
     * @param u 0 at the south-western edge to 1 at the north-eastern
     * @param v 0 at the south-eastern edge to 1 at the north-western
     */
    public SkyPoint pointIn(long nested, double u, double v) {
        double[] place = new double[2];
        placeIn(nested, u, v, place);
        return new SkyPoint(place[0], place[1]);
    }

    /**
     * Finds the direction of a point of a pixel, as {@link #pointIn} does, where points are too many to be objects.
     *
     * @param vector gets x, y and z
     */
    public void vectorIn(long nested, double u, double v, double[] vector) {
        placeIn(nested, u, v, vector);
        SkyPoint.toVector(vector);
    }

    /** Finds the longitude, not yet within a turn, and the latitude of a point of a pixel. */
    private void placeIn(long nested, double u, double v, double[] place) {
        int cell = baseCell(nested);
        double x = x(nested) + u;
        double y = y(nested) + v;
        double ring = (double) BaseCell.southCornerRing(cell) * nside - x - y;
        if (ring < nside) {
            placeInCap(cell, x - y, ring, 1, place);
        } else if (ring > 3 * nside) {
            placeInCap(cell, x - y, 4 * nside - ring, -1, place);
        } else {
            place[0] = Math.PI / 4 * (BaseCell.centreLongitude(cell) + (x - y) / nside);
            place[1] = Math.asin((2 * nside - ring) * 2 / (3.0 * nside));
        }
    }

    private void placeInCap(int cell, double xMinusY, double ringFromPole, int hemisphere, double[] place) {
        double colatitude = 2 * Math.asin(ringFromPole / (nside * SQRT6));
        double offset = ringFromPole == 0 ? 0 : xMinusY / ringFromPole;
        place[0] = Math.PI / 4 * (BaseCell.centreLongitude(cell) + offset);
        place[1] = hemisphere * (Math.PI / 2 - colatitude);
    }

    /** Returns the RING number of the pixel with this NESTED number. */
    public long nestedToRing(long nested) {
        int cell = baseCell(nested);
        return ringNumber(cell, x(nested), y(nested));
    }

    /** Returns the RING number of pixel (x, y) of a base cell. */
    public long ringNumber(int cell, long x, long y) {
        long ring = ringOf(cell, x, y);
        long length = ringLength(ring);
        long perQuarter = length >> 2;
        long inRing = (BaseCell.centreLongitude(cell) * perQuarter + x - y + 1 + ringShift(ring)) >> 1;
        if (inRing < 1) {
            inRing += length;
        } else if (inRing > length) {
            inRing -= length;
        }
        return ringStart(ring) + inRing - 1;
    }

    /** Returns the ring on which pixel (x, y) of a base cell lies, from 1 in the north to 4·nside−1. */
    public long ringOf(int cell, long x, long y) {
        return BaseCell.southCornerRing(cell) * nside - x - y - 1;
    }

    /** Returns the NESTED number of the pixel with this RING number. */
    public long ringToNested(long ringIndex) {
        requirePixel(ringIndex);
        if (ringIndex < capSize) {
            long ring = (1 + squareRoot(1 + 2 * ringIndex)) >> 1;
            return capNested(ring, ringIndex - ringStart(ring), 0);
        }
        if (ringIndex >= pixelCount - capSize) {
            long fromEnd = pixelCount - 1 - ringIndex;
            long ring = 4 * nside - ((1 + squareRoot(1 + 2 * fromEnd)) >> 1);
            return capNested(ring, ringIndex - ringStart(ring), 8);
        }
        long inBelt = ringIndex - capSize;
        long ring = inBelt / (4 * nside) + nside;
        long position = 2 * (inBelt % (4 * nside)) + 1 - ringShift(ring);
        return nestedOnLines((position + ring - nside) >> 1, (position + 3 * nside - ring) >> 1);
    }

    private long capNested(long ring, long inRing, int firstCell) {
        long perQuarter = ringLength(ring) >> 2;
        int cell = firstCell + (int) (inRing / perQuarter);
        long difference = 2 * inRing + 1 - BaseCell.centreLongitude(cell) * perQuarter;
        long sum = BaseCell.southCornerRing(cell) * nside - ring - 1;
        return nested(cell, (sum + difference) >> 1, (sum - difference) >> 1);
    }

    /** Returns the RING number of the first pixel of a ring, rings being counted from 1 in the north to 4·nside−1. */
    public long ringStart(long ring) {
        if (ring < nside) {
            return 2 * ring * (ring - 1);
        }
        if (ring > 3 * nside) {
            long fromSouth = 4 * nside - ring;
            return pixelCount - 2 * fromSouth * (fromSouth + 1);
        }
        return capSize + (ring - nside) * 4 * nside;
    }

    /** Returns the number of pixels in a ring. */
    public long ringLength(long ring) {
        return 4 * Math.min(nside, Math.min(ring, 4 * nside - ring));
    }

    /** Returns where the first pixel of a ring is centred, counted from longitude 0 in pixels of the ring: 0 or ½. */
    double ringOffset(long ring) {
        return ringShift(ring) == 1 ? 0 : 0.5;
    }

    /** Returns the colatitude of the centres of a ring's pixels, in radians (Górski et al. 2005, eqs. 4 and 8). */
    double ringColatitude(long ring) {
        if (ring < nside) {
            return 2 * Math.asin(ring / (nside * SQRT6));
        }
        if (ring > 3 * nside) {
            return Math.PI - 2 * Math.asin((4 * nside - ring) / (nside * SQRT6));
        }
        return Math.acos((2 * nside - ring) * 2 / (3.0 * nside));
    }

    /** Returns the last ring whose centres lie at or above a latitude in radians; 0 where there is none. */
    long ringAbove(double lat) {
        double z = Math.sin(lat);
        double fromPole = nside * SQRT6 * Math.sin((Math.PI / 2 - Math.abs(lat)) / 2);
        double ring = Math.abs(z) <= 2.0 / 3.0 ? nside * (2 - 1.5 * z) : z > 0 ? fromPole : 4 * nside - fromPole;
        return Math.max(0, Math.min(4 * nside - 1, (long) Math.floor(ring)));
    }

    /** Returns 1 where the first pixel of a ring is centred on longitude 0, else 0. */
    private long ringShift(long ring) {
        return ring < nside || ring > 3 * nside ? 0 : (ring - nside) & 1;
    }

    /**
     * Returns the NESTED numbers of the eight neighbours SW, W, NW, N, NE, E, SE, S; −1 for one that does not exist (eight
     * pixels of each order have seven neighbours; those of order 0 have six, four of them by a corner).
     */
    public long[] neighbours(long nested) {
        int cell = baseCell(nested);
        long x = x(nested);
        long y = y(nested);
        int[] dx = {-1, -1, 0, 1, 1, 1, 0, -1};
        int[] dy = {0, 1, 1, 1, 0, -1, -1, -1};
        long[] result = new long[8];
        for (int i = 0; i < 8; i++) {
            BaseCell.Pixel p = BaseCell.step(nside, cell, x, y, dx[i], dy[i]);
            result[i] = p.exists() ? nested(p.cell(), p.x(), p.y()) : -1;
        }
        return result;
    }

    /** Returns the NESTED number of pixel (x, y) of a base cell. */
    public long nested(int cell, long x, long y) {
        return ((long) cell << (2 * order)) | Zorder.index(x, y);
    }

    /** Returns the base cell, 0 to 11, of a pixel. */
    public int baseCell(long nested) {
        requirePixel(nested);
        return (int) (nested >> (2 * order));
    }

    /** Returns the column of a pixel in its base cell, growing to the north-east. */
    public long x(long nested) {
        return Zorder.x(nested & (nside * nside - 1));
    }

    /** Returns the row of a pixel in its base cell, growing to the north-west. */
    public long y(long nested) {
        return Zorder.y(nested & (nside * nside - 1));
    }

    private void requirePixel(long pixel) {
        if (pixel < 0 || pixel >= pixelCount) {
            throw new IllegalArgumentException(
                    "pixel must be 0 to " + (pixelCount - 1) + " at order " + order + ", found " + pixel);
        }
    }

    /** Returns ⌊√n⌋, correcting the last digit that a double cannot hold. */
    private static long squareRoot(long n) {
        long root = (long) Math.sqrt((double) n);
        while (root * root > n) {
            root--;
        }
        while ((root + 1) * (root + 1) <= n) {
            root++;
        }
        return root;
    }

    @Override
    public String toString() {
        return "HEALPix order " + order;
    }
}
