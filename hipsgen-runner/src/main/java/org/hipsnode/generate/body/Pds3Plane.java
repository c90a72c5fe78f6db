package org.hipsnode.generate.body;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Latitudes;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Longitudes;

/** Reads where a map is from the object IMAGE_MAP_PROJECTION of its PDS3 label (PDS Standards Reference 3.8, appendix A.21). */
final class Pds3Plane {
    private static final String OBJECT = "IMAGE_MAP_PROJECTION";

    /** Labels round. */
    private static final double POLE = 89.999;

    private final String name;
    private final Warnings warnings;
    private final GivenPlane given;
    private final PdsLabel projection;

    Pds3Plane(BodyMap map, PdsLabel label, Warnings warnings) throws IOException {
        this.name = map.map().toString();
        this.warnings = warnings;
        this.given = new GivenPlane(map);
        this.projection = label.object(OBJECT)
                .orElseThrow(
                        () -> MalformedDataException.expected(map.map().toString(), "an object " + OBJECT, "none"));
    }

    Plane of(int width, int height) throws IOException {
        given.requireLabelled();
        if (projection.number("MAP_PROJECTION_ROTATION").orElse(0) % 360 != 0) {
            throw expected("MAP_PROJECTION_ROTATION of 0", text("MAP_PROJECTION_ROTATION"));
        }
        String type = text("MAP_PROJECTION_TYPE").toUpperCase(Locale.ROOT).replace('_', ' ');
        return switch (type) {
            case "SIMPLE CYLINDRICAL", "EQUIRECTANGULAR", "EQUIRECTANGULAR CYLINDRICAL" ->
                cylindrical(width, height, type.startsWith("EQUI"));
            case "POLAR STEREOGRAPHIC", "STEREOGRAPHIC" -> polar(width, height);
            case "SINUSOIDAL", "SINUSOIDAL EQUAL AREA" -> sinusoidal(width, height);
            default ->
                throw expected(
                        "MAP_PROJECTION_TYPE of SIMPLE CYLINDRICAL, EQUIRECTANGULAR, SINUSOIDAL or POLAR STEREOGRAPHIC",
                        "'" + type + "'; convert it by gdalwarp to one of them, in GeoTIFF");
        };
    }

    private String text(String keyword) {
        return projection.text(keyword).orElse("none");
    }

    private double number(String keyword, double otherwise) {
        return projection.number(keyword).orElse(otherwise);
    }

    private Ellipsoid ellipsoid() throws IOException {
        double equator = number("A_AXIS_RADIUS", 0);
        double pole = number("C_AXIS_RADIUS", 0);
        boolean graphic =
                text("COORDINATE_SYSTEM_NAME").toUpperCase(Locale.ROOT).contains("GRAPHIC");
        return given.ellipsoid(
                graphic ? Latitudes.PLANETOGRAPHIC : Latitudes.PLANETOCENTRIC,
                equator > 0 && pole > 0 ? OptionalDouble.of(1 - pole / equator) : OptionalDouble.empty());
    }

    private Longitudes longitudes() {
        boolean west =
                text("POSITIVE_LONGITUDE_DIRECTION").toUpperCase(Locale.ROOT).startsWith("W");
        return west ? Longitudes.WEST : Longitudes.EAST;
    }

    private double centre() {
        return given.eastwards(given.centre(number("CENTER_LONGITUDE", 0)), longitudes());
    }

    /** Returns pixels in a degree of a great circle. */
    private double resolution() throws IOException {
        double resolution = number("MAP_RESOLUTION", resolutionByScale());
        if (!(resolution > 0 && resolution < 1e7)) {
            throw expected(
                    "MAP_RESOLUTION in pixels for each degree, or MAP_SCALE with A_AXIS_RADIUS",
                    text("MAP_RESOLUTION") + " and " + text("MAP_SCALE"));
        }
        return resolution;
    }

    /** Returns NaN where that is not told. */
    private double resolutionByScale() {
        double scale = number("MAP_SCALE", Double.NaN);
        boolean metres = projection.unit("MAP_SCALE").matches("M(ET(ER|RE)S?)?(/.*)?");
        return Math.toRadians(number("A_AXIS_RADIUS", Double.NaN)) / (metres ? scale / 1000 : scale);
    }

    private Plane cylindrical(int width, int height, boolean hasParallel) throws IOException {
        double parallel = hasParallel ? number("CENTER_LATITUDE", 0) : 0;
        if (!(Math.abs(parallel) < 89)) {
            throw expected("CENTER_LATITUDE of less than 89 degrees", text("CENTER_LATITUDE"));
        }
        double down = resolution();
        double along = down * Math.cos(Math.toRadians(parallel));
        double centre = centre();
        double left = given.eastwards(number("WESTERNMOST_LONGITUDE", Double.NaN), longitudes());
        double toCentre = centre - left - 360 * Math.floor((centre - left) / 360);
        double originX = origin("SAMPLE_PROJECTION_OFFSET", along * toCentre - 0.5, 360 * along, (width - 1) / 2.0);
        double originY = origin(
                "LINE_PROJECTION_OFFSET", down * number("MAXIMUM_LATITUDE", Double.NaN) - 0.5, 0, (height - 1) / 2.0);
        return new CylindricalPlane(ellipsoid(), centre, originX, originY, along, down, height);
    }

    /**
     * Returns the column or line, from 0, of the projection's origin. By the standard an offset counts from the first pixel;
     * makers of some maps count pixels from 1, or tell the opposite sign: the edge that the label tells decides.
     *
     * @param byEdge where the origin is by the edge of the map; NaN if that is not told
     * @param period pixels after which the map repeats itself; 0 if it does not
     * @param middle of the map
     */
    private double origin(String keyword, double byEdge, double period, double middle) {
        double told = number(keyword, Double.NaN);
        if (Double.isNaN(told)) {
            return Double.isNaN(byEdge) ? middle : byEdge;
        }
        double best = told;
        for (double meant : new double[] {told - 1, -told, -told - 1}) {
            best = apart(meant, byEdge, period) < apart(best, byEdge, period) - 1e-3 ? meant : best;
        }
        if (apart(best, byEdge, period) > 1) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "'%s': %s = %s and the edge that the label tells are %.1f pixels apart: the offset is taken",
                    name,
                    keyword,
                    text(keyword),
                    apart(best, byEdge, period)));
            return told;
        }
        return best;
    }

    private static double apart(double a, double b, double period) {
        return Math.abs(period > 0 ? Math.IEEEremainder(a - b, period) : a - b);
    }

    /** The standard counts latitudes and longitudes in degrees, as on a sphere, whatever the body's figure. */
    private Plane sinusoidal(int width, int height) throws IOException {
        double resolution = resolution();
        double centre = centre();
        double originX =
                origin("SAMPLE_PROJECTION_OFFSET", resolution * sinusoidalEdge(centre) - 0.5, 0, (width - 1) / 2.0);
        double originY = origin(
                "LINE_PROJECTION_OFFSET",
                resolution * number("MAXIMUM_LATITUDE", Double.NaN) - 0.5,
                0,
                (height - 1) / 2.0);
        return new SinusoidalPlane(
                ellipsoid(),
                Ellipsoid.CENTRIC,
                centre,
                new SinusoidalPlane.Origin(originX, originY),
                Math.toDegrees(resolution));
    }

    /** Returns how far the left edge of the map is from the line in the middle, in degrees of the equator; NaN if that is not told. */
    private double sinusoidalEdge(double centre) {
        double left = given.eastwards(number("WESTERNMOST_LONGITUDE", Double.NaN), longitudes());
        double top = number("MAXIMUM_LATITUDE", Double.NaN);
        double bottom = number("MINIMUM_LATITUDE", Double.NaN);
        double apart = Math.IEEEremainder(centre - left, 360);
        // −180° is the right edge of the whole body, and left of the middle it is the left one
        double toCentre = apart < -179.99 ? apart + 360 : apart;
        double highest = Math.max(Math.abs(top), Math.abs(bottom));
        double lowest = top * bottom <= 0 ? 0 : Math.min(Math.abs(top), Math.abs(bottom));
        return toCentre * Math.cos(Math.toRadians(toCentre > 0 ? lowest : highest));
    }

    private Plane polar(int width, int height) throws IOException {
        double latitude = number("CENTER_LATITUDE", 0);
        double x = number("SAMPLE_PROJECTION_OFFSET", Double.NaN);
        double y = number("LINE_PROJECTION_OFFSET", Double.NaN);
        if (Math.abs(latitude) != 90 || Double.isNaN(x + y)) {
            throw expected(
                    "CENTER_LATITUDE of 90 or -90 for a polar map, with both projection offsets",
                    text("CENTER_LATITUDE") + ", " + text("SAMPLE_PROJECTION_OFFSET") + " and "
                            + text("LINE_PROJECTION_OFFSET"));
        }
        return new PolarPlane(
                ellipsoid(),
                latitude < 0,
                centre(),
                pole(x, width, latitude),
                pole(y, height, latitude),
                Math.toDegrees(resolution()));
    }

    /**
     * Returns the column or line of the pole, from 0. It may lie beside the map; where the label has it within, an offset that is not is
     * one of the opposite sign, and the middle is the middle however pixels are counted.
     */
    private double pole(double told, int side, double latitude) {
        double reached = number(latitude > 0 ? "MAXIMUM_LATITUDE" : "MINIMUM_LATITUDE", latitude);
        boolean within = Math.abs(reached) > POLE && told > -0.5 - side && told < side + 0.5;
        double offset = within ? Math.abs(told) : told;
        double middle = (side - 1) / 2.0;
        return Math.abs(offset - 1 - middle) < 1e-3 ? middle : offset;
    }

    private MalformedDataException expected(String expected, String found) {
        return MalformedDataException.expected(name, expected, found);
    }
}
