package org.hipsnode.wcs;

import org.hipsnode.sky.Rotation;
import org.hipsnode.wcs.WcsException.Kind;

/**
 * How the native sphere of a projection lies on the sky (Paper II §2.2 to §2.5): the point (φ0, θ0) is at CRVAL, and LONPOLE
 * with LATPOLE say how it is turned. All in radians.
 *
 * @param phi0 native longitude of the reference point
 * @param theta0 its native latitude
 * @param lon0 its longitude on the sky
 * @param lat0 its latitude
 * @param lonPole φp, native longitude of the sky's pole
 * @param latPole which of two possible latitudes of the native pole is meant
 */
record NativeSphere(double phi0, double theta0, double lon0, double lat0, double lonPole, double latPole) {
    private static final double QUARTER = Math.PI / 2;
    private static final double TOLERANCE = 1e-10;

    /** Returns the turn from the native sphere to the sky (eq. 2). */
    Rotation toSky() throws WcsException {
        if (QUARTER - theta0 < TOLERANCE) {
            return turn(lon0, lat0);
        }
        double latP = poleLatitude();
        return turn(poleLongitude(latP), latP);
    }

    private Rotation turn(double poleLon, double poleLat) {
        return Rotation.aboutZ(lonPole)
                .then(Rotation.aboutZ(Math.PI))
                .then(Rotation.aboutY(poleLat - QUARTER))
                .then(Rotation.aboutZ(-poleLon));
    }

    /** Latitude δp of the native pole (eq. 8): of two solutions the one nearer to LATPOLE, the northern if both are. */
    private double poleLatitude() throws WcsException {
        double inPlane = Math.cos(theta0) * Math.cos(lonPole - phi0);
        double length = Math.hypot(Math.sin(theta0), inPlane);
        if (length < TOLERANCE) {
            if (Math.abs(lat0) > TOLERANCE) {
                throw impossible();
            }
            return latPole;
        }
        double sine = Math.sin(lat0) / length;
        if (Math.abs(sine) > 1 + TOLERANCE) {
            throw impossible();
        }
        double middle = Math.atan2(Math.sin(theta0), inPlane);
        double spread = Math.acos(Math.max(-1, Math.min(1, sine)));
        return nearer(latitude(middle + spread), latitude(middle - spread));
    }

    /** Returns an angle within ±90°, as close as rounding allows, or NaN. */
    private static double latitude(double angle) {
        double wrapped = Math.IEEEremainder(angle, 2 * Math.PI);
        return Math.abs(wrapped) < QUARTER + TOLERANCE ? Math.max(-QUARTER, Math.min(QUARTER, wrapped)) : Double.NaN;
    }

    private double nearer(double first, double second) throws WcsException {
        if (Double.isNaN(first) && Double.isNaN(second)) {
            throw impossible();
        }
        if (Double.isNaN(first) || Double.isNaN(second)) {
            return Double.isNaN(first) ? second : first;
        }
        double difference = Math.abs(latPole - first) - Math.abs(latPole - second);
        if (Math.abs(difference) < TOLERANCE) {
            return Math.max(first, second);
        }
        return difference < 0 ? first : second;
    }

    /** Longitude αp of the native pole (eq. 9 and 10, and the special cases below them). */
    private double poleLongitude(double latP) {
        double z = Math.cos(latP) * Math.cos(lat0);
        if (Math.abs(z) < TOLERANCE) {
            if (Math.abs(Math.cos(lat0)) < TOLERANCE) {
                return lon0;
            }
            return latP > 0 ? lon0 + lonPole - phi0 - Math.PI : lon0 - lonPole + phi0;
        }
        double cosine = (Math.sin(theta0) - Math.sin(latP) * Math.sin(lat0)) / z;
        double sine = Math.sin(lonPole - phi0) * Math.cos(theta0) / Math.cos(lat0);
        return lon0 - Math.atan2(sine, cosine);
    }

    private WcsException impossible() {
        return new WcsException(
                Kind.BAD_VALUE,
                "a CRVAL of latitude that LONPOLE allows for this projection",
                "latitude " + Math.toDegrees(lat0) + " with LONPOLE " + Math.toDegrees(lonPole));
    }
}
