package org.hipsnode.healpix;

/**
 * The layout of the twelve base cells: where each lies in the plane of rings, and which cell follows across each edge.
 *
 * <p>Cells 0–3 touch the north pole, 4–7 straddle the equator, 8–11 touch the south pole; x grows to the north-east and
 * y to the north-west in each (Górski et al. 2005, figure 4 and §5).
 */
final class BaseCell {
    /** Ring of the southern corner of a base cell, in units of nside. */
    private static final int[] SOUTH_CORNER_RING = {2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4};

    /** Longitude of the centre of a base cell, in units of π/4. */
    private static final int[] CENTRE_LONGITUDE = {1, 3, 5, 7, 0, 2, 4, 6, 1, 3, 5, 7};

    private BaseCell() {}

    static int southCornerRing(int cell) {
        return SOUTH_CORNER_RING[cell];
    }

    static int centreLongitude(int cell) {
        return CENTRE_LONGITUDE[cell];
    }

    /** The pixel (x, y) of a base cell; a neighbour that does not exist is {@link #NONE}. */
    record Pixel(int cell, long x, long y) {
        static final Pixel NONE = new Pixel(-1, -1, -1);

        boolean exists() {
            return cell >= 0;
        }
    }

    /**
     * Returns the pixel one step away from pixel (x, y) of a cell, in any of the eight directions.
     *
     * @param dx −1, 0 or 1; to the south-west or north-east
     * @param dy −1, 0 or 1; to the south-east or north-west
     */
    static Pixel step(long nside, int cell, long x, long y, int dx, int dy) {
        long nx = x + dx;
        long ny = y + dy;
        int sideX = side(nx, nside);
        int sideY = side(ny, nside);
        if (sideX == 0 && sideY == 0) {
            return new Pixel(cell, nx, ny);
        }
        int column = cell & 3;
        return switch (cell >> 2) {
            case 0 -> acrossNorth(column, nx, ny, sideX, sideY, nside - 1);
            case 1 -> acrossEquator(column, nx, ny, sideX, sideY, nside - 1);
            default -> acrossSouth(column, nx, ny, sideX, sideY);
        };
    }

    private static int side(long coordinate, long nside) {
        return coordinate < 0 ? -1 : coordinate < nside ? 0 : 1;
    }

    private static Pixel acrossNorth(int column, long x, long y, int sideX, int sideY, long last) {
        if (sideX == sideY) {
            return sideX > 0 ? pixel(0, column + 2, last, last) : pixel(2, column, last, last);
        }
        if (sideX != 0 && sideY != 0) {
            return Pixel.NONE;
        }
        if (sideX > 0) {
            return pixel(0, column + 1, y, last);
        }
        if (sideY > 0) {
            return pixel(0, column + 3, last, x);
        }
        return sideX < 0 ? pixel(1, column, last, y) : pixel(1, column + 1, x, last);
    }

    private static Pixel acrossEquator(int column, long x, long y, int sideX, int sideY, long last) {
        if (sideX == sideY) {
            return Pixel.NONE;
        }
        if (sideX != 0 && sideY != 0) {
            return sideX > 0 ? pixel(1, column + 1, 0, last) : pixel(1, column + 3, last, 0);
        }
        if (sideX > 0) {
            return pixel(0, column, 0, y);
        }
        if (sideY > 0) {
            return pixel(0, column + 3, x, 0);
        }
        return sideX < 0 ? pixel(2, column + 3, last, y) : pixel(2, column, x, last);
    }

    private static Pixel acrossSouth(int column, long x, long y, int sideX, int sideY) {
        if (sideX == sideY) {
            return sideX > 0 ? pixel(0, column, 0, 0) : pixel(2, column + 2, 0, 0);
        }
        if (sideX != 0 && sideY != 0) {
            return Pixel.NONE;
        }
        if (sideX > 0) {
            return pixel(1, column + 1, 0, y);
        }
        if (sideY > 0) {
            return pixel(1, column, x, 0);
        }
        return sideX < 0 ? pixel(2, column + 3, y, 0) : pixel(2, column + 1, 0, x);
    }

    private static Pixel pixel(int row, int column, long x, long y) {
        return new Pixel(row * 4 + (column & 3), x, y);
    }
}
