package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.body.BodyMapFile;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import picocli.CommandLine.Option;

/** How a plane map lies on a planet, a moon or the Sun. */
final class BodyOptions {
    @Option(
            names = "--body",
            paramLabel = "NAME",
            description = "SOURCE is a plane map of this body: FITS, PNG, JPEG, TIFF, or a label of PDS.")
    private Optional<String> body = Optional.empty();

    @Option(
            names = "--projection",
            paramLabel = "NAME",
            description = "Map of a body without a label: cylindrical (the default), or polar.")
    private Optional<BodyMap.Projection> projection = Optional.empty();

    @Option(
            names = "--centre-longitude",
            paramLabel = "DEGREES",
            description = "Map of a body: longitude in the middle, by default 0; of a polar map that of the line from "
                    + "the north pole down, or from the south pole up.")
    private Optional<Double> centreLongitude = Optional.empty();

    @Option(
            names = "--longitudes",
            paramLabel = "WAY",
            description = "Map of a body: its longitudes are counted to the east (the default) or west.")
    private Optional<BodyMap.Longitudes> longitudes = Optional.empty();

    @Option(
            names = "--latitudes",
            paramLabel = "KIND",
            description = "Map of a body: its latitudes are planetocentric (the default) or planetographic.")
    private Optional<BodyMap.Latitudes> latitudes = Optional.empty();

    @Option(
            names = "--flattening",
            paramLabel = "F",
            description =
                    "Map of a body with planetographic latitudes: (equatorial - polar radius) / equatorial radius.")
    private Optional<Double> flattening = Optional.empty();

    @Option(
            names = "--edge-latitude",
            paramLabel = "DEGREES",
            description = "Polar map of a body: latitude at the middle of its sides, below 0 around the south pole.")
    private Optional<Double> edgeLatitude = Optional.empty();

    boolean areGiven() {
        return Stream.of(body, projection, centreLongitude, longitudes, latitudes, flattening, edgeLatitude)
                .anyMatch(Optional::isPresent);
    }

    /** Tells whether what is given is a map of a body, by flags or by what it is. */
    boolean isBodyMap(List<Path> given) throws IOException {
        if (areGiven() && given.size() != 1) {
            throw new ConfigException("--body and what belongs to it are for one map, found " + given.size());
        }
        return areGiven() || (given.size() == 1 && BodyMapFile.isLabel(given.get(0)));
    }

    /** Puts the flags over what a definition says. */
    BodyMap over(BodyMap given, OptionalDouble blank) throws ConfigException {
        requireAngle("--centre-longitude", centreLongitude, 360);
        requireAngle("--edge-latitude", edgeLatitude, 90);
        requireAngle("--flattening", flattening, 0.9);
        return new BodyMap(
                given.map(), body.or(given::body), plane(given.plane()), blank.isPresent() ? blank : given.blank());
    }

    private static void requireAngle(String flag, Optional<Double> value, double most) throws ConfigException {
        if (value.isPresent() && !(Math.abs(value.get()) <= most)) {
            throw new ConfigException(flag + " must be at most " + most + " in size, found " + value.get());
        }
    }

    private BodyMap.Plane plane(BodyMap.Plane given) {
        return new BodyMap.Plane(
                projection.or(given::projection),
                over(centreLongitude, given.centreLongitude()),
                longitudes.or(given::longitudes),
                latitudes.or(given::latitudes),
                over(flattening, given.flattening()),
                over(edgeLatitude, given.edgeLatitude()));
    }

    private static OptionalDouble over(Optional<Double> flag, OptionalDouble given) {
        return flag.isPresent() ? OptionalDouble.of(flag.get()) : given;
    }
}
