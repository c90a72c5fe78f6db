package org.hipsnode.wcs;

import java.util.Optional;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.Rotation;
import org.hipsnode.wcs.WcsException.Kind;

/**
 * The frame in which an image's longitudes and latitudes are (Paper II §3.1).
 *
 * @param family the frame without its equinox
 * @param equinox years: Julian, Besselian for FK4; of no meaning where the family has none
 * @param axis the coordinates' name in CTYPE, such as RA, GLON or CRLN
 */
public record SkyFrame(Family family, double equinox, String axis) {

    /** Paper II §3.1: before this year an equinox without RADESYS means FK4. */
    private static final double FK5_STARTS = 1984;

    /** The frames that are told apart. */
    public enum Family {
        ICRS,
        FK5,
        FK4,
        /** FK4 without the E-terms of aberration. */
        FK4_NO_E,
        GALACTIC,
        SUPERGALACTIC,
        ECLIPTIC,
        /** Longitudes and latitudes on a planet, a moon or the Sun: there is no way from there to the sky. */
        BODY
    }

    static SkyFrame of(HeaderValues header, CelestialAxes axes) throws WcsException {
        String axis = axes.system();
        return switch (axis) {
            case "RA" -> equatorial(header);
            case "GLON" -> new SkyFrame(Family.GALACTIC, 0, axis);
            case "SLON" -> new SkyFrame(Family.SUPERGALACTIC, 0, axis);
            case "ELON" -> new SkyFrame(Family.ECLIPTIC, equinox(header).orElse(2000.0), axis);
            case "HLON" -> throw unknown("coordinates on the sky or on a body", "helioecliptic ones ('HLON')");
            case "HPLN" ->
                throw unknown(
                        "coordinates on the sky or on a body",
                        "helioprojective ones ('HPLN'), a view of the Sun from somewhere");
            default -> new SkyFrame(Family.BODY, 0, axis);
        };
    }

    private static SkyFrame equatorial(HeaderValues header) throws WcsException {
        Optional<Double> equinox = equinox(header);
        String name = header.has("RADESYS") ? header.text("RADESYS") : header.text("RADECSYS");
        if (name.isEmpty()) {
            name = equinox.map(year -> year < FK5_STARTS ? "FK4" : "FK5").orElse("ICRS");
        }
        return switch (name) {
            case "ICRS" -> new SkyFrame(Family.ICRS, 2000, "RA");
            case "FK5" -> new SkyFrame(Family.FK5, equinox.orElse(2000.0), "RA");
            case "FK4" -> new SkyFrame(Family.FK4, equinox.orElse(1950.0), "RA");
            case "FK4-NO-E" -> new SkyFrame(Family.FK4_NO_E, equinox.orElse(1950.0), "RA");
            default -> throw unknown("ICRS, FK5, FK4 or FK4-NO-E as RADESYS", "'" + name + "'");
        };
    }

    /** EQUINOX, or EPOCH of old headers; a letter before the year is let pass. */
    private static Optional<Double> equinox(HeaderValues header) throws WcsException {
        String keyword = header.has("EQUINOX") ? "EQUINOX" : "EPOCH";
        String text = header.text(keyword);
        if (text.matches("[BJ][0-9.]{1,12}")) {
            return year(keyword, text.substring(1));
        }
        return header.number(keyword, 0) == 0 ? Optional.empty() : year(keyword, text);
    }

    private static Optional<Double> year(String keyword, String text) throws WcsException {
        try {
            double year = Double.parseDouble(text.replace('D', 'E'));
            if (year > 1000 && year < 3000) {
                return Optional.of(year);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new WcsException(Kind.BAD_VALUE, "a year of 1000 to 3000 as " + keyword, "'" + text + "'");
    }

    private static WcsException unknown(String expected, String found) {
        return new WcsException(Kind.UNKNOWN_FRAME, expected, found, "reproject the image first, or leave it out");
    }

    /** Tells whether the coordinates are on the sky, and not on a body. */
    public boolean isCelestial() {
        return family != Family.BODY;
    }

    /**
     * Returns the turn from ICRS into this frame; with {@link Family#FK4}, without its E-terms.
     *
     * @throws IllegalStateException for a body
     */
    public Rotation fromIcrs() {
        return switch (family) {
            case ICRS -> Rotation.NONE;
            case FK5 -> Equinoxes.fk5(equinox);
            case FK4, FK4_NO_E -> Equinoxes.fk4(equinox);
            case GALACTIC -> Frame.GALACTIC.rotation();
            case SUPERGALACTIC -> Equinoxes.supergalactic();
            case ECLIPTIC -> Equinoxes.ecliptic(equinox);
            case BODY -> throw new IllegalStateException("'" + axis + "' is on a body: there is no turn from ICRS");
        };
    }

    /** Returns how it is called, with its equinox. */
    @Override
    public String toString() {
        return switch (family) {
            case FK5, ECLIPTIC -> family + " J" + equinox;
            case FK4, FK4_NO_E -> family.name().replace('_', '-') + " B" + equinox;
            case BODY -> axis;
            default -> family.name();
        };
    }
}
