package org.hipsnode.wcs;

/**
 * Undoes a distortion by Newton's method, with the derivatives taken from differences. Far outside an image a polynomial may
 * have no inverse; that is noticed, never looped upon.
 *
 * @param unit size of what counts as one, for tolerances: a pixel, or a degree
 */
record Inversion(Distortion distortion, double unit) {
    private static final int MAX_STEPS = 40;
    private static final double STEP = 1e-5;
    private static final double GOOD_ENOUGH = 1e-10;

    /**
     * Finds the point that the distortion takes to a target.
     *
     * @param found gets the point
     * @return false if there is none to be found
     */
    boolean find(double targetX, double targetY, double[] found) {
        double x = targetX;
        double y = targetY;
        distortion.apply(x, y, found);
        double errorX = found[0] - targetX;
        double errorY = found[1] - targetY;
        double error = Math.abs(errorX) + Math.abs(errorY);
        for (int step = 0; step < MAX_STEPS && error > 0; step++) {
            double hx = STEP * (unit + Math.abs(x));
            double hy = STEP * (unit + Math.abs(y));
            distortion.apply(x + hx, y, found);
            double xx = (found[0] - targetX - errorX) / hx;
            double yx = (found[1] - targetY - errorY) / hx;
            distortion.apply(x, y + hy, found);
            double xy = (found[0] - targetX - errorX) / hy;
            double yy = (found[1] - targetY - errorY) / hy;
            double determinant = xx * yy - xy * yx;
            double nextX = x - (yy * errorX - xy * errorY) / determinant;
            double nextY = y - (xx * errorY - yx * errorX) / determinant;
            distortion.apply(nextX, nextY, found);
            double nextErrorX = found[0] - targetX;
            double nextErrorY = found[1] - targetY;
            double nextError = Math.abs(nextErrorX) + Math.abs(nextErrorY);
            if (!(nextError < error)) {
                break;
            }
            x = nextX;
            y = nextY;
            errorX = nextErrorX;
            errorY = nextErrorY;
            error = nextError;
        }
        found[0] = x;
        found[1] = y;
        return error <= GOOD_ENOUGH * unit;
    }
}
