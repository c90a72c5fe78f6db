package org.hipsnode.wcs;

/**
 * The polynomials of TPV (registered FITS convention, as SCAMP writes them): on the plane, in degrees, with odd powers of the
 * radius between. The latitude's polynomial has its variables swapped.
 */
final class Tpv implements Distortion {
    private static final int ORDER = 7;

    private final Polynomial lon = new Polynomial(ORDER);
    private final Polynomial lat = new Polynomial(ORDER);
    private final double[] lonRadial = new double[ORDER + 1];
    private final double[] latRadial = new double[ORDER + 1];

    private Tpv() {}

    static Tpv of(HeaderValues header, CelestialAxes axes) throws WcsException {
        Tpv tpv = new Tpv();
        int m = 0;
        for (int degree = 0; degree <= ORDER; degree++) {
            for (int j = 0; j <= degree; j++) {
                tpv.lon.set(degree - j, j, coefficient(header, axes.lon(), m));
                tpv.lat.set(j, degree - j, coefficient(header, axes.lat(), m));
                m++;
            }
            if (degree % 2 == 1) {
                tpv.lonRadial[degree] = coefficient(header, axes.lon(), m);
                tpv.latRadial[degree] = coefficient(header, axes.lat(), m);
                m++;
            }
        }
        return tpv;
    }

    private static double coefficient(HeaderValues header, int axis, int m) throws WcsException {
        return header.number("PV" + axis + "_" + m, m == 1 ? 1 : 0);
    }

    @Override
    public void apply(double x, double y, double[] out) {
        double r = Math.hypot(x, y);
        out[0] = lon.value(x, y) + radial(lonRadial, r);
        out[1] = lat.value(x, y) + radial(latRadial, r);
    }

    private static double radial(double[] coefficients, double r) {
        double sum = 0;
        double square = r * r;
        for (int power = ORDER; power > 0; power -= 2) {
            sum = sum * square + coefficients[power];
        }
        return sum * r;
    }
}
