package org.hipsnode.wcs.projection;

/**
 * HPX, the HEALPix projection with H facets around and K from pole to pole (Calabretta & Roukema 2007, §2): equal areas
 * everywhere, cylindrical between ±θx, interrupted at the poles.
 *
 * @param h number of facets in longitude, usually 4
 * @param k number of facets in latitude, usually 3
 */
record Healpix(int h, int k) implements Cylindrical {
    private static final int MAX_FACETS = 1000;

    static Healpix of(ProjectionParameters pv) {
        return new Healpix(facets(pv, 1, 4), facets(pv, 2, 3));
    }

    private static int facets(ProjectionParameters pv, int m, int usual) {
        double facets = pv.get(m, usual);
        if (!(facets >= 1 && facets <= MAX_FACETS && facets == Math.rint(facets))) {
            throw new IllegalArgumentException("PVi_" + m + " = " + facets + ", which is not a number of facets");
        }
        return (int) facets;
    }

    /** Eq. 3 to 9. */
    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double phi = Math.atan2(y, x);
        if (Math.abs(z) * k <= k - 1) {
            plane[0] = phi;
            plane[1] = Math.PI / 2 * k / h * z;
            return true;
        }
        double sigma = Math.sqrt(k * (x * x + y * y) / (1 + Math.abs(z)));
        double centre = centre(phi, z);
        plane[0] = centre + (phi - centre) * sigma;
        plane[1] = Math.copySign(Math.PI / h * ((k + 1) / 2.0 - sigma), z);
        return true;
    }

    /** Longitude of the middle of the polar facet that holds a longitude. */
    private double centre(double phi, double north) {
        int omega = k % 2 == 1 || north > 0 ? 1 : 0;
        double facet = Math.floor((phi + Math.PI) * h / (2 * Math.PI) + (1 - omega) / 2.0);
        return -Math.PI + (2 * facet + omega) * Math.PI / h;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double size = Math.abs(y) * h / Math.PI;
        if (size <= (k - 1) / 2.0) {
            return Sphere.putSine(x, y * h * 2 / (Math.PI * k), vector);
        }
        double sigma = (k + 1) / 2.0 - size;
        double phi = Math.IEEEremainder(x, 2 * Math.PI);
        double centre = centre(phi, y);
        double offset = phi - centre;
        if (!(sigma >= -Sphere.TOLERANCE && Math.abs(offset) <= Math.PI / h * sigma + Sphere.TOLERANCE)) {
            return false;
        }
        double rest = sigma * sigma / k;
        double lon = sigma <= 0 ? centre : centre + offset / sigma;
        return Sphere.put(lon, Math.sqrt(rest * (2 - rest)), Math.copySign(1 - rest, y), vector);
    }
}
