package org.hipsnode.wcs;

import org.hipsnode.sky.Frame;
import org.hipsnode.sky.Rotation;
import org.hipsnode.sky.UnitVector;

/** Turns between the frames of different equinoxes, good to a milliarcsecond within some centuries. */
final class Equinoxes {
    private static final double ARCSEC = Math.PI / 648000;

    /** Length of the constant of aberration in radians, κ = 20.49552″ as 0.0056932° (Explanatory Supplement 1992, eq. 3.531). */
    private static final double ABERRATION = Math.toRadians(0.0056932);

    private Equinoxes() {}

    /** Returns the turn from ICRS into FK5 of an equinox. */
    static Rotation fk5(double equinox) {
        return icrsToFk5().then(precession(equinox));
    }

    /** From ICRS to FK5 at J2000.0 by η0 = −19.9, ξ0 = 9.1, dα0 = −22.9 mas (USNO Circular 179, §3.4). */
    private static Rotation icrsToFk5() {
        return Rotation.aboutZ(-0.0229 * ARCSEC)
                .then(Rotation.aboutY(0.0091 * ARCSEC))
                .then(Rotation.aboutX(0.0199 * ARCSEC));
    }

    /** Precession from J2000.0 by IAU 2006 (Capitaine et al. 2003, A&A 412, eq. 40). */
    private static Rotation precession(double equinox) {
        double t = (equinox - 2000) / 100;
        double zeta = series(t, 2.650545, 2306.083227, 0.2988499, 0.01801828, -0.000005971, -0.0000003173);
        double z = series(t, -2.650545, 2306.077181, 1.0927348, 0.01826837, -0.000028596, -0.0000002904);
        double theta = series(t, 0, 2004.191903, -0.4294934, -0.04182264, -0.000007089, -0.0000001274);
        return turns(zeta, theta, z);
    }

    private static Rotation turns(double zeta, double theta, double z) {
        return Rotation.aboutZ(-zeta * ARCSEC)
                .then(Rotation.aboutY(theta * ARCSEC))
                .then(Rotation.aboutZ(-z * ARCSEC));
    }

    private static double series(double t, double... coefficients) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * t + coefficients[i];
        }
        return sum;
    }

    /** Returns the turn from ICRS into FK4 of an equinox, at the epoch of that equinox, without E-terms. */
    static Rotation fk4(double equinox) {
        return icrsToFk5().then(fk4ToFk5(equinox).inverse()).then(newcomb(equinox));
    }

    /**
     * From FK4 at B1950.0 to FK5 at J2000.0 (Murray 1989, A&A 218, eq. 28), with the slow turn of FK4 since (eq. 29). The sum
     * is a rotation but for rounding, which the axes built from it mend.
     */
    private static Rotation fk4ToFk5(double epoch) {
        // a Besselian year as a Julian one (Explanatory Supplement 1992, §3.2)
        double julian = 2000 + (2415020.31352 + (epoch - 1900) * 365.242198781 - 2451545) / 365.25;
        double t = 1e-6 * (julian - 1950) / 100;
        UnitVector x = UnitVector.towards(
                0.9999256794956877 - 0.0026455262 * t,
                -0.0111814832204662 - 1.1539918689 * t,
                -0.0048590038153592 + 2.1111346190 * t);
        UnitVector y = UnitVector.towards(
                0.0111814832391717 + 1.1540628161 * t,
                0.9999374848933135 - 0.0129042997 * t,
                -0.0000271625947142 + 0.0236021478 * t);
        UnitVector z = x.normalTo(y);
        return new Rotation(x, z.normalTo(x), z);
    }

    /** Newcomb's precession from B1950.0, as Kinoshita (1975, SAO Special Report 364) gives it. */
    private static Rotation newcomb(double equinox) {
        double from = 0.1;
        double t = (equinox - 1950) / 1000;
        double first = 23035.545 + from * 139.720 + 0.060 * from * from;
        double zeta = series(t, 0, first, 30.240 - 0.27 * from, 17.995);
        double z = series(t, 0, first, 109.480 + 0.39 * from, 18.325);
        double theta = series(t, 0, 20051.12 - 85.29 * from - 0.37 * from * from, -42.65 - 0.37 * from, -41.8);
        return turns(zeta, theta, z);
    }

    /** Returns the E-terms of aberration, a vector in FK4 of an equinox (Explanatory Supplement 1992, eq. 3.531). */
    static double[] eTerms(double equinox) {
        double t = (equinox - 1950) * 365.242198781 / 36525;
        double eccentricity = series(t, 0.01673011, -0.00004193, -0.000000126);
        double perigee = ARCSEC * series(t, 1015489.951, 6190.67, 1.65, 0.012);
        double julian = (2433282.42345905 + (equinox - 1950) * 365.242198781 - 2451545) / 36525;
        double obliquity = obliquity(julian);
        double size = eccentricity * ABERRATION;
        return new double[] {
            size * Math.sin(perigee),
            -size * Math.cos(perigee) * Math.cos(obliquity),
            -size * Math.cos(perigee) * Math.sin(obliquity)
        };
    }

    /** Mean obliquity of IAU 1980, t in Julian centuries since J2000.0 (Explanatory Supplement 1992, eq. 3.222). */
    private static double obliquity(double t) {
        return ARCSEC * series(t, 84381.448, -46.8150, -0.00059, 0.001813);
    }

    /** Returns the turn from ICRS to the mean ecliptic of an equinox; that of J2000.0 is the one of the surveys. */
    static Rotation ecliptic(double equinox) {
        return equinox == 2000
                ? Frame.ECLIPTIC.rotation()
                : fk5(equinox).then(Rotation.aboutX(obliquity((equinox - 2000) / 100)));
    }

    /** Returns the turn from ICRS into supergalactic coordinates: pole at l = 47.37°, b = 6.32° (RC3, 1991). */
    static Rotation supergalactic() {
        return Frame.GALACTIC
                .rotation()
                .then(Rotation.aboutZ(Math.toRadians(47.37)))
                .then(Rotation.aboutY(Math.toRadians(90 - 6.32)))
                .then(Rotation.aboutZ(Math.PI / 2));
    }
}
