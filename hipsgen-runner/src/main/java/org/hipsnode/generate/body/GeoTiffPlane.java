package org.hipsnode.generate.body;

import java.io.IOException;
import java.util.OptionalDouble;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Latitudes;

/**
 * Reads where a map is from the keys of a GeoTIFF (OGC 19-008r4, annexes A and B): longitudes and latitudes in degrees,
 * equirectangular, polar stereographic, or sinusoidal, in metres. Its latitudes are planetographic if the body is flattened.
 */
final class GeoTiffPlane {
    private static final int MODEL_TYPE = 1024;
    private static final int PROJECTED = 1;
    private static final int GEOGRAPHIC = 2;
    private static final int ANGULAR_UNITS = 2054;
    private static final int DEGREE = 9102;
    private static final int EQUATORIAL_RADIUS = 2057;
    private static final int POLAR_RADIUS = 2058;
    private static final int INVERSE_FLATTENING = 2059;
    private static final int PROJECTION = 3075;
    private static final int POLAR_STEREOGRAPHIC = 15;
    private static final int EQUIRECTANGULAR = 17;
    private static final int SINUSOIDAL = 24;
    private static final int LINEAR_UNITS = 3076;
    private static final int METRE = 9001;
    private static final int STANDARD_PARALLEL = 3078;
    private static final int ORIGIN_LONGITUDE = 3080;
    private static final int ORIGIN_LATITUDE = 3081;
    private static final int FALSE_EASTING = 3082;
    private static final int FALSE_NORTHING = 3083;
    private static final int CENTRE_LONGITUDE = 3088;
    private static final int CENTRE_LATITUDE = 3089;
    private static final int SCALE = 3092;
    private static final int POLE_LONGITUDE = 3095;

    /** Pixels by which the last one may be off where they are not quite square. */
    private static final double SQUARE = 0.1;

    private final GivenPlane given;
    private final GeoKeys keys;
    private final GeoKeys.Grid grid;

    GeoTiffPlane(BodyMap map, GeoKeys keys) {
        this.given = new GivenPlane(map);
        this.keys = keys;
        this.grid = keys.grid();
    }

    Plane of(int width, int height) throws IOException {
        given.requireLongitudesLabelled();
        int model = (int) keys.number(MODEL_TYPE, 0);
        if (model == GEOGRAPHIC) {
            requireUnit(ANGULAR_UNITS, DEGREE, "degrees (9102)");
            return cylindrical(width, height, 1, 1, 0, 0);
        }
        int projection = model == PROJECTED ? (int) keys.number(PROJECTION, 0) : 0;
        requireUnit(LINEAR_UNITS, METRE, "metres (9001)");
        return switch (projection) {
            case EQUIRECTANGULAR -> equirectangular(width, height);
            case POLAR_STEREOGRAPHIC -> polar(Math.max(width, height));
            case SINUSOIDAL -> sinusoidal(Math.max(width, height));
            default ->
                throw expected(
                        "GeoKeys of longitudes and latitudes, or of an equirectangular (17), polar stereographic (15) or sinusoidal (24) "
                                + "projection",
                        "model type " + model + ", projection " + (int) keys.number(PROJECTION, 0)
                                + "; convert it by gdalwarp, or take the GeoKeys away to have it read as a picture");
        };
    }

    private void requireUnit(int key, int unit, String name) throws IOException {
        double found = keys.number(key, unit);
        if (found != unit) {
            throw expected("coordinates in " + name, "unit " + (int) found);
        }
    }

    private double radius() throws IOException {
        double radius = keys.number(EQUATORIAL_RADIUS, 0);
        if (!(radius > 0)) {
            throw expected("GeogSemiMajorAxis, the radius of the body", "none");
        }
        return radius;
    }

    private Ellipsoid ellipsoid() throws IOException {
        double inverse = keys.number(INVERSE_FLATTENING, 0);
        double equator = keys.number(EQUATORIAL_RADIUS, 0);
        double pole = keys.number(POLAR_RADIUS, equator);
        double flattening = inverse > 0 ? 1 / inverse : equator > 0 ? 1 - pole / equator : 0;
        return given.ellipsoid(
                flattening > 0 ? Latitudes.PLANETOGRAPHIC : Latitudes.PLANETOCENTRIC, OptionalDouble.of(flattening));
    }

    /** Snyder 1987, p. 91: x = R (λ − λ0) cos φ1, y = R (φ − φ0). */
    private Plane equirectangular(int width, int height) throws IOException {
        double degree = Math.toRadians(radius());
        double parallel = keys.number(STANDARD_PARALLEL, 0);
        if (!(Math.abs(parallel) < 89)) {
            throw expected("ProjStdParallel1 of less than 89 degrees", Double.toString(parallel));
        }
        return cylindrical(
                width,
                height,
                degree * Math.cos(Math.toRadians(parallel)),
                degree,
                keys.number(CENTRE_LONGITUDE, keys.number(ORIGIN_LONGITUDE, 0)),
                keys.number(CENTRE_LATITUDE, keys.number(ORIGIN_LATITUDE, 0)));
    }

    /**
     * Returns the plane of a map whose coordinates are proportional to longitude and latitude.
     *
     * @param degreeX coordinate of a degree of longitude
     * @param degreeY coordinate of a degree of latitude
     * @param longitude where x is the false easting
     * @param latitude where y is the false northing
     */
    private Plane cylindrical(int width, int height, double degreeX, double degreeY, double longitude, double latitude)
            throws IOException {
        double middle = grid.x() + width / 2.0 * grid.stepX() - keys.number(FALSE_EASTING, 0);
        double top = grid.y() - keys.number(FALSE_NORTHING, 0);
        return new CylindricalPlane(
                ellipsoid(),
                longitude + middle / degreeX,
                (width - 1) / 2.0,
                (top + latitude * degreeY) / grid.stepY() - 0.5,
                degreeX / grid.stepX(),
                degreeY / grid.stepY(),
                height);
    }

    /**
     * Returns the plane around a pole. The latitude of the origin is that of the pole, with the scale there, or else the one whose
     * circle is in its true length (Snyder 1987, eq. 21-34).
     */
    private Plane polar(int side) throws IOException {
        requireSquare(side);
        double latitude = keys.number(ORIGIN_LATITUDE, 0);
        if (!(Math.abs(latitude) > 1 && Math.abs(latitude) <= 90)) {
            throw expected("ProjNatOriginLat of 90 or -90, or the latitude of true scale", Double.toString(latitude));
        }
        Ellipsoid ellipsoid = ellipsoid();
        double standard = Math.toRadians(Math.abs(latitude));
        double scale = Math.abs(latitude) == 90 ? 1 : ellipsoid.circle(standard) / ellipsoid.fromPole(standard);
        return new PolarPlane(
                ellipsoid,
                latitude < 0,
                keys.number(POLE_LONGITUDE, keys.number(ORIGIN_LONGITUDE, 0)),
                originX(),
                originY(),
                radius() * scale * keys.number(SCALE, 1) / grid.stepX());
    }

    private Plane sinusoidal(int side) throws IOException {
        requireSquare(side);
        Ellipsoid ellipsoid = ellipsoid();
        return new SinusoidalPlane(
                ellipsoid,
                ellipsoid,
                keys.number(CENTRE_LONGITUDE, keys.number(ORIGIN_LONGITUDE, 0)),
                new SinusoidalPlane.Origin(originX(), originY()),
                radius() / grid.stepX());
    }

    private void requireSquare(int side) throws IOException {
        if (Math.abs(grid.stepX() - grid.stepY()) * side > SQUARE * grid.stepX()) {
            throw expected(
                    "pixels as wide as high", grid.stepX() + " × " + grid.stepY() + "; warp it with gdalwarp -tr");
        }
    }

    private double originX() {
        return (keys.number(FALSE_EASTING, 0) - grid.x()) / grid.stepX() - 0.5;
    }

    private double originY() {
        return (grid.y() - keys.number(FALSE_NORTHING, 0)) / grid.stepY() - 0.5;
    }

    private MalformedDataException expected(String expected, String found) {
        return MalformedDataException.expected(keys.name(), expected, found);
    }
}
