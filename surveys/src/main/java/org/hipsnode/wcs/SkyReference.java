package org.hipsnode.wcs;

import org.hipsnode.wcs.WcsException.Kind;

/**
 * The reference point on the sky, on the native sphere and in the plane.
 *
 * @param sphere the native sphere that has it
 * @param planeX x of the reference point in the plane of the projection
 * @param planeY y of it
 */
record SkyReference(NativeSphere sphere, double planeX, double planeY) {
    private static final double QUARTER = Math.PI / 2;

    static SkyReference of(HeaderValues header, CelestialAxes axes, Algorithm algorithm) throws WcsException {
        return new Builder(header, axes, algorithm).build();
    }

    ReferencePoint point(HeaderValues header, CelestialAxes axes) throws WcsException {
        return new ReferencePoint(
                header.number("CRPIX" + axes.x(), 0), header.number("CRPIX" + axes.y(), 0), planeX, planeY);
    }

    /** Reads CRVAL, LONPOLE, LATPOLE and the PVi_m of the longitude that stand for them (Paper II §2.5). */
    private record Builder(HeaderValues header, CelestialAxes axes, Algorithm algorithm) {

        SkyReference build() throws WcsException {
            double lon0 = header.number("CRVAL" + axes.lon(), 0) * AngleUnit.radians(header, axes.lon());
            double lat0 = header.number("CRVAL" + axes.lat(), 0) * AngleUnit.radians(header, axes.lat());
            if (Math.abs(lat0) > QUARTER * (1 + 1e-12)) {
                throw new WcsException(
                        Kind.BAD_VALUE, "CRVAL" + axes.lat() + " of −90° to 90°", Math.toDegrees(lat0) + "°");
            }
            if (algorithm.code().isEmpty()) {
                return new SkyReference(sphere(0, 0, lon0, 0), 0, lat0);
            }
            if (algorithm.code().equals("GLS")) {
                return offset(0, lat0, lon0, lat0);
            }
            double phi0 = parameter(1, 0);
            double theta0 = parameter(2, algorithm.projection().referenceLatitude());
            return parameter(0, 0) != 0
                    ? offset(phi0, theta0, lon0, lat0)
                    : new SkyReference(sphere(phi0, theta0, lon0, lat0), 0, 0);
        }

        /** The reference pixel shows (φ0, θ0) then, and not the usual reference point of the projection. */
        private SkyReference offset(double phi0, double theta0, double lon0, double lat0) throws WcsException {
            double[] plane = new double[2];
            double cos = Math.cos(theta0);
            if (!algorithm.projection().toPlane(cos * Math.cos(phi0), cos * Math.sin(phi0), Math.sin(theta0), plane)) {
                throw new WcsException(
                        Kind.BAD_VALUE,
                        "PV" + axes.lon() + "_1 and _2 of a point that " + algorithm.code() + " shows",
                        Math.toDegrees(phi0) + "°, " + Math.toDegrees(theta0) + "°");
            }
            return new SkyReference(sphere(phi0, theta0, lon0, lat0), plane[0], plane[1]);
        }

        private NativeSphere sphere(double phi0, double theta0, double lon0, double lat0) throws WcsException {
            double usual = phi0 + (lat0 >= theta0 ? 0 : Math.PI);
            double lonPole = parameter(3, radians("LONPOLE", usual));
            double latPole = parameter(4, radians("LATPOLE", QUARTER));
            return new NativeSphere(phi0, theta0, lon0, lat0, lonPole, latPole);
        }

        private double parameter(int m, double otherwise) throws WcsException {
            return algorithm.hasLongitudeParameters() ? radians("PV" + axes.lon() + "_" + m, otherwise) : otherwise;
        }

        private double radians(String keyword, double otherwise) throws WcsException {
            return header.has(keyword) ? Math.toRadians(header.number(keyword, 0)) : otherwise;
        }
    }
}
