package org.hipsnode.generate.body;

import java.io.IOException;
import java.util.OptionalDouble;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Latitudes;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Longitudes;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Projection;

/** How a map lies on a body as its definition says, alone or over what a label says. */
final class GivenPlane {
    /** A map of the whole body is twice as wide as it is high, or a line or two beside that. */
    private static final double WHOLE = 0.02;

    private final BodyMap.Plane given;
    private final String name;

    GivenPlane(BodyMap map) {
        this.given = map.plane();
        this.name = map.map().toString();
    }

    /** Returns a longitude counted eastwards. */
    double eastwards(double longitude, Longitudes labelled) {
        return given.longitudes().orElse(labelled) == Longitudes.WEST ? -longitude : longitude;
    }

    boolean isWest() {
        return given.longitudes().filter(Longitudes.WEST::equals).isPresent();
    }

    /** Returns the longitude of the map's middle, as the map counts. */
    double centre(double labelled) {
        return given.centreLongitude().orElse(labelled);
    }

    /** Returns the figure by which latitudes of the map are to be read. */
    Ellipsoid ellipsoid(Latitudes labelled, OptionalDouble flattening) throws IOException {
        if (given.latitudes().orElse(labelled) == Latitudes.PLANETOCENTRIC) {
            return Ellipsoid.CENTRIC;
        }
        OptionalDouble known = given.flattening().isPresent() ? given.flattening() : flattening;
        if (known.isEmpty()) {
            throw new ConfigException("'" + name
                    + "': expected the body's flattening, by which planetographic latitudes are read, found none; give "
                    + "--flattening, such as 0.00589 for Mars");
        }
        if (!(known.getAsDouble() >= 0 && known.getAsDouble() < 1)) {
            throw new ConfigException("'" + name + "': expected a flattening of 0 to 1, found " + known.getAsDouble());
        }
        return new Ellipsoid(known.getAsDouble());
    }

    /** Refuses what a label tells already. */
    void requireLabelled() throws ConfigException {
        if (given.projection().isPresent() || given.edgeLatitude().isPresent()) {
            throw new ConfigException(
                    "'" + name + "': its label or header tells its projection: leave out projection and edge-latitude");
        }
    }

    /** Refuses what is known where longitudes go to the right and are those of the body. */
    void requireLongitudesLabelled() throws ConfigException {
        requireLabelled();
        if (given.longitudes().isPresent() || given.centreLongitude().isPresent()) {
            throw new ConfigException(
                    "'" + name + "': its GeoKeys tell its longitudes: leave out longitudes and centre-longitude");
        }
    }

    /** Returns the plane of a map of which nothing else is known. */
    Plane of(int width, int height) throws IOException {
        Ellipsoid ellipsoid = ellipsoid(Latitudes.PLANETOCENTRIC, OptionalDouble.empty());
        double centre = eastwards(centre(0), Longitudes.EAST);
        boolean polar = given.projection().filter(Projection.POLAR::equals).isPresent();
        if (polar != given.edgeLatitude().isPresent()) {
            throw new ConfigException("'" + name
                    + "': expected projection polar and an edge-latitude together, below 0 around the south pole, "
                    + "found one alone");
        }
        return polar ? polar(ellipsoid, centre, width, height) : cylindrical(ellipsoid, centre, width, height);
    }

    private Plane polar(Ellipsoid ellipsoid, double centre, int width, int height) throws IOException {
        double edge = given.edgeLatitude().orElseThrow();
        if (!(Math.abs(edge) < 90)) {
            throw new ConfigException("'" + name + "': expected an edge-latitude between -90 and 90, found " + edge);
        }
        boolean south = edge < 0;
        double radius = width / 2.0 / ellipsoid.fromPole(Math.toRadians(Math.abs(edge)));
        return new PolarPlane(ellipsoid, south, centre, (width - 1) / 2.0, (height - 1) / 2.0, radius);
    }

    private Plane cylindrical(Ellipsoid ellipsoid, double centre, int width, int height) throws IOException {
        if (Math.abs(width - 2.0 * height) > Math.max(2, WHOLE * width)) {
            throw MalformedDataException.expected(
                    name,
                    "a label, or a map of the whole body in a simple cylindrical projection, twice as wide as high",
                    width + "×" + height + " pixels; give --projection polar and --edge-latitude for a polar one");
        }
        return new CylindricalPlane(
                ellipsoid, centre, (width - 1) / 2.0, (height - 1) / 2.0, width / 360.0, height / 180.0, height);
    }
}
