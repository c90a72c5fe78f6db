package org.hipsnode.wcs;

import java.util.Map;
import org.hipsnode.wcs.WcsException.Kind;

/** The units that CUNIT may name for an angle (Paper I §4.3, Paper II §2.1). */
final class AngleUnit {
    private static final Map<String, Double> RADIANS = Map.ofEntries(
            Map.entry("", Math.PI / 180),
            Map.entry("DEG", Math.PI / 180),
            Map.entry("DEGREE", Math.PI / 180),
            Map.entry("DEGREES", Math.PI / 180),
            Map.entry("ARCMIN", Math.PI / 10800),
            Map.entry("ARCSEC", Math.PI / 648000),
            Map.entry("MAS", Math.PI / 648000e3),
            Map.entry("RAD", 1.0),
            // of solar CEA maps: there it is a length of the plane in radians
            Map.entry("SINE LATITUDE", 1.0));

    private AngleUnit() {}

    /** Returns how many radians the unit of an axis is. */
    static double radians(HeaderValues header, int axis) throws WcsException {
        String name = header.text("CUNIT" + axis);
        Double radians = RADIANS.get(name);
        if (radians == null) {
            throw new WcsException(
                    Kind.UNKNOWN_UNIT, "deg, arcmin, arcsec, mas or rad as CUNIT" + axis, "'" + name + "'");
        }
        return radians;
    }
}
