package org.hipsnode.wcs.projection;

/** CAR, plate carrée: x = φ, y = θ (Paper II §5.2.3, eq. 83 and 84). */
record PlateCarree() implements Cylindrical {

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        plane[0] = Math.atan2(y, x);
        plane[1] = Sphere.latitude(x, y, z);
        return true;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        return Sphere.put(x, y, vector);
    }
}
