package org.hipsnode.healpix;

/**
 * The four pixels around a point and their weights: two neighbours on the ring above and two on the ring below, linear in
 * longitude along each ring and linear in colatitude between the rings. The same as healpy's {@code get_interp_weights}, which
 * tests compare with.
 *
 * <p>North of the first ring and south of the last one, all four pixels of that ring count, those of the other side more the
 * nearer the point is to the pole.
 *
 * <p>Not for several threads at once: the result of a search is kept here until the next.
 */
public final class RingInterpolation {
    private static final double TWO_PI = 2 * Math.PI;

    private final HealpixGrid grid;
    private final long rings;
    private final long[] ringPixels = new long[4];
    private final long[] pixels = new long[4];
    private final double[] weights = new double[4];

    public RingInterpolation(HealpixGrid grid) {
        this.grid = grid;
        this.rings = 4 * grid.nside() - 1;
    }

    /**
     * Finds the pixels around a point.
     *
     * @param latRadians latitude, −π/2 to π/2
     * @param lonRadians longitude, 0 to 2π
     */
    public void find(double latRadians, double lonRadians) {
        double colatitude = Math.PI / 2 - latRadians;
        long above = grid.ringAbove(latRadians);
        if (above == 0) {
            putPair(2, 1, lonRadians, colatitude / colatitude(1));
            spreadOverPole(0, 2, 0, colatitude / colatitude(1));
        } else if (above == rings) {
            double part = (Math.PI - colatitude) / (Math.PI - colatitude(rings));
            putPair(0, rings, lonRadians, part);
            spreadOverPole(2, 0, grid.pixelCount() - 4, part);
        } else {
            double top = colatitude(above);
            double part = (colatitude - top) / (colatitude(above + 1) - top);
            putPair(0, above, lonRadians, 1 - part);
            putPair(2, above + 1, lonRadians, part);
        }
        for (int i = 0; i < 4; i++) {
            pixels[i] = grid.ringToNested(ringPixels[i]);
        }
    }

    private double colatitude(long ring) {
        return grid.ringColatitude(ring);
    }

    private void putPair(int at, long ring, double lon, double weight) {
        long length = grid.ringLength(ring);
        double place = lon / TWO_PI * length - grid.ringOffset(ring);
        double first = Math.floor(place);
        double part = place - first;
        ringPixels[at] = grid.ringStart(ring) + Math.floorMod((long) first, length);
        ringPixels[at + 1] = grid.ringStart(ring) + Math.floorMod((long) first + 1, length);
        weights[at] = weight * (1 - part);
        weights[at + 1] = weight * part;
    }

    /** The two pixels opposite to a pair, on a ring of four, and a quarter of what is left of the weight for each of the four. */
    private void spreadOverPole(int to, int from, long ringStart, double part) {
        double rest = (1 - part) / 4;
        for (int i = 0; i < 2; i++) {
            ringPixels[to + i] = ringStart + ((ringPixels[from + i] - ringStart + 2) & 3);
            weights[to + i] = rest;
            weights[from + i] += rest;
        }
    }

    /** Returns the NESTED number of one of the four pixels of the last search. */
    public long pixel(int i) {
        return pixels[i];
    }

    /** Returns the weight of one of the four pixels of the last search; together they are 1. */
    public double weight(int i) {
        return weights[i];
    }
}
