package org.hipsnode.wcs.projection;

/** STG, stereographic: R = 2 tan((90° − θ) / 2) (Paper II §5.1.4, eq. 56). */
record Stereographic() implements Zenithal {

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double scale = 2 / (1 + z);
        plane[0] = scale * y;
        plane[1] = -scale * x;
        return z > -1 && Double.isFinite(scale);
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double square = (x * x + y * y) / 4;
        double scale = 1 / (1 + square);
        vector[0] = -y * scale;
        vector[1] = x * scale;
        vector[2] = (1 - square) * scale;
        return Double.isFinite(square);
    }
}
