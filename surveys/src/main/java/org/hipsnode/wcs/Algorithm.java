package org.hipsnode.wcs;

import java.util.Map;
import java.util.TreeMap;
import org.hipsnode.wcs.WcsException.Kind;
import org.hipsnode.wcs.projection.Projection;
import org.hipsnode.wcs.projection.Projections;

/**
 * The projection that the code of CTYPE means, once old and unregistered codes are translated.
 *
 * @param code as the header has it, or TPV for a TAN that is one
 * @param hasLongitudeParameters tells whether PVi_m of the longitude say where the native sphere lies (Paper II §2.5), and not how
 *     the plane is distorted
 */
record Algorithm(String code, Projection projection, boolean hasLongitudeParameters) {
    private static final int MAX_PARAMETER = 39;

    /** PVi_m of the latitude that a projection may have (Paper II, table 13: ZPN has the most). */
    private static final int MAX_PROJECTION_PARAMETER = 20;

    /**
     * Finds the projection.
     *
     * @param hasSip then PVi_m of a TAN tell the same distortion again, as SCAMP's users leave it
     */
    static Algorithm of(HeaderValues header, CelestialAxes axes, boolean hasSip) throws WcsException {
        boolean scamp = axes.code().equals("TPV") || (axes.code().equals("TAN") && isScamp(header, axes));
        String code = scamp && !hasSip ? "TPV" : axes.code();
        String name = name(code);
        Map<Integer, Double> parameters =
                code.equals("NCP") ? northCelestialPole(header, axes) : parameters(header, axes);
        return new Algorithm(code, projection(name, code, parameters), !scamp);
    }

    private static Projection projection(String name, String code, Map<Integer, Double> parameters)
            throws WcsException {
        try {
            return Projections.of(name, parameters::getOrDefault)
                    .orElseThrow(() -> new WcsException(
                            Kind.UNKNOWN_PROJECTION,
                            "a projection of " + String.join(", ", Projections.codes()) + ", TPV, GLS or NCP",
                            "'" + code + "'",
                            "reproject the image first, or leave it out"));
        } catch (IllegalArgumentException e) {
            throw new WcsException(Kind.BAD_VALUE, "PVi_m that " + code + " can have", String.valueOf(e.getMessage()));
        }
    }

    /** Coordinates without a code are linear, which CAR is with its reference on the equator. */
    private static String name(String code) {
        return switch (code) {
            case "" -> "CAR";
            case "TPV" -> "TAN";
            case "GLS" -> "SFL";
            case "NCP" -> "SIN";
            default -> code;
        };
    }

    /** Before 2012 SCAMP wrote TPV under the name of TAN, which has no parameters of its own; 0 is what others leave there. */
    private static boolean isScamp(HeaderValues header, CelestialAxes axes) throws WcsException {
        for (int m = 5; m <= MAX_PARAMETER; m++) {
            if (header.has("PV" + axes.lon() + "_" + m) || header.has("PV" + axes.lat() + "_" + m)) {
                return true;
            }
        }
        return header.number("PV" + axes.lat() + "_1", 0) != 0;
    }

    private static Map<Integer, Double> parameters(HeaderValues header, CelestialAxes axes) throws WcsException {
        Map<Integer, Double> parameters = new TreeMap<>();
        for (int m = 0; m <= MAX_PROJECTION_PARAMETER; m++) {
            String keyword = "PV" + axes.lat() + "_" + m;
            if (header.has(keyword)) {
                parameters.put(m, header.number(keyword, 0));
            }
        }
        return parameters;
    }

    /** Paper II §5.1.5: NCP is SIN with ξ = 0 and η = cot δ0. */
    private static Map<Integer, Double> northCelestialPole(HeaderValues header, CelestialAxes axes)
            throws WcsException {
        double lat = header.number("CRVAL" + axes.lat(), 0) * AngleUnit.radians(header, axes.lat());
        if (lat == 0) {
            throw new WcsException(Kind.BAD_VALUE, "CRVAL" + axes.lat() + " off the equator for NCP", "0");
        }
        return Map.of(1, 0.0, 2, 1 / Math.tan(lat));
    }

    boolean isTpv() {
        return code.equals("TPV");
    }
}
