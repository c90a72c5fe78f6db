package org.hipsnode.wcs;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.wcs.WcsException.Kind;

/**
 * Which axes of a header are longitude and latitude, and what their CTYPE says (Paper II §3.1).
 *
 * @param lon number of the longitude's axis, from 1
 * @param lat number of the latitude's axis
 * @param system what stands before the code, such as RA, GLON or CRLN
 * @param code three letters of the projection, empty where the coordinates are linear
 */
record CelestialAxes(int lon, int lat, String system, String code) {
    private static final Pattern LON = Pattern.compile("(RA|[A-Z]LON|[A-Z]{2}LN)(?:-+([A-Z0-9]{3})?(?:-.*)?)?");
    private static final Pattern LAT = Pattern.compile("(DEC|[A-Z]LAT|[A-Z]{2}LT)(?:-+([A-Z0-9]{3})?(?:-.*)?)?");
    private static final Set<String> ALTERNATES = Set.of("CTYPE1A", "CTYPE2A", "CTYPE1B", "CTYPE2B");

    static CelestialAxes of(HeaderValues header) throws WcsException {
        int lon = 0;
        int lat = 0;
        int axes = header.axes();
        for (int axis = 1; axis <= axes; axis++) {
            if (LON.matcher(ctype(header, axis)).matches()) {
                lon = onlyOne(header, lon, axis);
            } else if (LAT.matcher(ctype(header, axis)).matches()) {
                lat = onlyOne(header, lat, axis);
            }
        }
        if (lon == 0 && lat == 0) {
            throw noWcs(header);
        }
        if (lon == 0 || lat == 0) {
            throw inconsistent("a longitude and a latitude", "'" + ctype(header, lon + lat) + "' alone");
        }
        return of(header, lon, lat);
    }

    private static CelestialAxes of(HeaderValues header, int lon, int lat) throws WcsException {
        Matcher lonType = match(LON, ctype(header, lon));
        Matcher latType = match(LAT, ctype(header, lat));
        String both = "'" + ctype(header, lon) + "' with '" + ctype(header, lat) + "'";
        if (!latitudeOf(lonType.group(1)).equals(latType.group(1))) {
            throw inconsistent("longitude and latitude of one system", both);
        }
        if (!code(lonType).equals(code(latType))) {
            throw inconsistent("one projection for both axes", both);
        }
        return new CelestialAxes(lon, lat, lonType.group(1), code(lonType));
    }

    /** Returns the number of the axis along which x runs: the first of both. */
    int x() {
        return Math.min(lon, lat);
    }

    /** Returns the number of the axis along which y runs. */
    int y() {
        return Math.max(lon, lat);
    }

    private static String ctype(HeaderValues header, int axis) {
        return header.text("CTYPE" + axis);
    }

    private static Matcher match(Pattern pattern, String ctype) {
        Matcher matcher = pattern.matcher(ctype);
        matcher.matches();
        return matcher;
    }

    private static String code(Matcher type) {
        String code = type.group(2);
        return code == null ? "" : code;
    }

    private static String latitudeOf(String longitude) {
        if (longitude.equals("RA")) {
            return "DEC";
        }
        return longitude.endsWith("LON")
                ? longitude.substring(0, 1) + "LAT"
                : longitude.substring(0, longitude.length() - 2) + "LT";
    }

    private static int onlyOne(HeaderValues header, int before, int axis) throws WcsException {
        if (before != 0) {
            throw inconsistent(
                    "one longitude and one latitude",
                    "'" + ctype(header, before) + "' and '" + ctype(header, axis) + "'");
        }
        return axis;
    }

    private static WcsException noWcs(HeaderValues header) {
        return new WcsException(
                Kind.NO_WCS,
                "CTYPE of a longitude and a latitude, such as 'RA---TAN' with 'DEC--TAN'",
                header.has("CTYPE1")
                        ? "'" + ctype(header, 1) + "' with '" + ctype(header, 2) + "'"
                        : ALTERNATES.stream().anyMatch(header::has) ? "alternate descriptions only" : "none",
                "solve the image's astrometry, or leave it out");
    }

    private static WcsException inconsistent(String expected, String found) {
        return new WcsException(Kind.INCONSISTENT_AXES, expected, found);
    }
}
