package org.hipsnode.wcs.projection;

/** TAN, gnomonic: R = cot θ (Paper II §5.1.3, eq. 54). */
record Gnomonic() implements Zenithal {

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        if (!(z > 0)) {
            return false;
        }
        plane[0] = y / z;
        plane[1] = -x / z;
        return true;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double z = 1 / Math.sqrt(1 + x * x + y * y);
        vector[0] = -y * z;
        vector[1] = x * z;
        vector[2] = z;
        return true;
    }
}
