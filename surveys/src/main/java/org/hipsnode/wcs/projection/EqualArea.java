package org.hipsnode.wcs.projection;

/** ZEA, zenithal equal area: R = 2 sin((90° − θ) / 2) (Paper II §5.1.8, eq. 69). */
record EqualArea() implements Zenithal {

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        if (z > 0) {
            double scale = Math.sqrt(2 / (1 + z));
            plane[0] = scale * y;
            plane[1] = -scale * x;
        } else {
            // near the far pole 1 + z has no digits left
            Zenithal.putPlane(x, y, Math.sqrt(2 * (1 - z)), plane);
        }
        return true;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double square = (x * x + y * y) / 4;
        double scale = Sphere.rootOfRest(1 - square);
        vector[0] = -y * scale;
        vector[1] = x * scale;
        vector[2] = 1 - 2 * square;
        return scale >= 0;
    }
}
