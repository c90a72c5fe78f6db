package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.image.FirstLook;
import org.hipsnode.sky.Frame;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.Colour;
import org.hipsnode.survey.SurveyDefinition.Cube;
import org.hipsnode.survey.SurveyDefinition.Hips;
import org.hipsnode.survey.SurveyDefinition.Images;
import org.hipsnode.survey.SurveyDefinition.MapFile;
import org.hipsnode.survey.SurveyDefinition.Part;
import org.hipsnode.survey.SurveyDefinition.Polarization;
import org.hipsnode.survey.SurveyDefinition.Source;
import picocli.CommandLine.Option;

/** Where values come from. */
final class SourceOptions {
    @Option(
            names = "--from-hips",
            paramLabel = "DIR|URL",
            description = "Another survey: its folder or its address, instead of SOURCE.")
    private Optional<String> fromHips = Optional.empty();

    @Option(
            names = "--red",
            paramLabel = "MAP|IMAGES|DIR|URL",
            description = "Colour, instead of SOURCE: the source of red.")
    private Optional<String> red = Optional.empty();

    @Option(names = "--green", paramLabel = "MAP|IMAGES|DIR|URL", description = "The source of green.")
    private Optional<String> green = Optional.empty();

    @Option(names = "--blue", paramLabel = "MAP|IMAGES|DIR|URL", description = "The source of blue.")
    private Optional<String> blue = Optional.empty();

    @Option(
            names = "--hdu",
            paramLabel = "N",
            description =
                    "Number of the HDU, by default of the first map; of images also numbers such as 1,3-5, names, "
                            + "or all, by default the first image of each file.")
    private Optional<String> hdu = Optional.empty();

    @Option(
            names = "--column",
            paramLabel = "NAME|N",
            description = "Column by name or number, by default the first; with --polarization two, as Q,U.")
    private Optional<String> column = Optional.empty();

    @Option(
            names = "--map-frame",
            paramLabel = "FRAME",
            description = "Frame of the map if its header does not tell: equatorial, galactic or ecliptic.")
    private Optional<Frame> mapFrame = Optional.empty();

    @Option(
            names = "--polarization",
            paramLabel = "WHAT",
            description = "From the columns Q and U: intensity, or angle in degrees from north through east.")
    private Optional<Polarization.Quantity> polarization = Optional.empty();

    @Option(
            names = "--cube",
            paramLabel = "ALONG",
            description = "All maps of the file as the channels of a cube: its columns, or its hdus.")
    private Optional<Cube.Along> cube = Optional.empty();

    /** Returns the source that the flags and the parameter name. */
    Source source(List<Path> given, ImageOptions images, BodyOptions bodies) throws IOException {
        boolean colour = red.isPresent() || green.isPresent() || blue.isPresent();
        int named = (given.isEmpty() ? 0 : 1) + (fromHips.isPresent() ? 1 : 0) + (colour ? 1 : 0);
        if (named != 1) {
            throw new ConfigException(
                    "expected one SOURCE: a map, a definition, images, --from-hips, or --red, --green and --blue; "
                            + "found " + (named == 0 ? "none" : "several"));
        }
        if (bodies.isBodyMap(given)) {
            return bodies.over(BodyMap.of(given.get(0)), blankOnly(images, "a map of a body"));
        }
        if (areImages(given)) {
            requireNoMapFlags("images");
            return images.of(given, hdu);
        }
        if (colour) {
            return new Colour(
                    channel("--red", red, images), channel("--green", green, images), channel("--blue", blue, images));
        }
        requireNone(images);
        if (!given.isEmpty()) {
            return over(MapFile.of(given.get(0)), images, bodies);
        }
        requireNoMapFlags("--from-hips");
        requireNoHdu("--from-hips");
        return new Hips(fromHips.orElseThrow());
    }

    /** Several files, a folder, and a file whose first data are an image are no map. */
    private static boolean areImages(List<Path> given) throws IOException {
        return given.size() > 1
                || (given.size() == 1 && (Files.isDirectory(given.get(0)) || FirstLook.isImage(given.get(0))));
    }

    private static void requireNone(ImageOptions images) throws ConfigException {
        if (images.areGiven()) {
            throw new ConfigException(
                    "--coadd, --plane, --blank, weights, --border, --saturated, --scale-keyword and --background "
                            + "are for images");
        }
    }

    private OptionalDouble blankOnly(ImageOptions images, String what) throws ConfigException {
        requireNoMapFlags(what);
        requireNoHdu(what);
        return images.blankOnly(what);
    }

    private void requireNoMapFlags(String what) throws ConfigException {
        if (column.isPresent() || mapFrame.isPresent() || polarization.isPresent() || cube.isPresent()) {
            throw new ConfigException("--column, --map-frame, --polarization and --cube are for maps, not for " + what);
        }
    }

    private void requireNoHdu(String what) throws ConfigException {
        if (hdu.isPresent()) {
            throw new ConfigException("--hdu is for maps and images, not for " + what);
        }
    }

    private OptionalInt mapHdu(OptionalInt given) throws ConfigException {
        if (hdu.isEmpty()) {
            return given;
        }
        if (!hdu.get().matches("\\d{1,4}")) {
            throw new ConfigException("--hdu of a map must be one number, found '" + hdu.get() + "'");
        }
        return OptionalInt.of(Integer.parseInt(hdu.get()));
    }

    private Part channel(String flag, Optional<String> place, ImageOptions images) throws IOException {
        if (polarization.isPresent() || cube.isPresent()) {
            throw new ConfigException("--polarization and --cube are for one map, not for --red, --green and --blue");
        }
        String named = place.orElseThrow(
                () -> new ConfigException("expected --red, --green and --blue together, found no " + flag));
        Hips survey = new Hips(named);
        try {
            return survey.isRemote() || isSurvey(Path.of(named)) ? survey : mapOrImages(Path.of(named), images);
        } catch (InvalidPathException e) {
            throw new ConfigException(flag + ": expected a file, a folder or an address, found '" + named + "'", e);
        }
    }

    private static boolean isSurvey(Path place) {
        return Files.isRegularFile(place.resolve("properties"));
    }

    private Part mapOrImages(Path place, ImageOptions images) throws IOException {
        return areImages(List.of(place)) ? images.of(List.of(place), hdu) : map(MapFile.of(place));
    }

    private MapFile map(MapFile given) throws ConfigException {
        return new MapFile(given.map(), mapHdu(given.hdu()), column.or(given::column), mapFrame.or(given::frame));
    }

    /** Puts the flags over the source of a definition. */
    Source over(Source given, ImageOptions images, BodyOptions bodies) throws ConfigException {
        if (fromHips.isPresent() || red.isPresent() || green.isPresent() || blue.isPresent()) {
            throw new ConfigException(
                    "a definition names its source itself: leave out --from-hips, --red, --green and --blue");
        }
        if (given instanceof BodyMap map) {
            return bodies.over(map, blankOnly(images, "a map of a body"));
        }
        if (bodies.areGiven()) {
            throw new ConfigException("--body and what belongs to it are for a plane map of a body");
        }
        if (given instanceof Images collection) {
            requireNoMapFlags("images");
            return images.over(collection, hdu);
        }
        requireNone(images);
        if (given instanceof MapFile map) {
            return composed(map, Optional.empty());
        }
        if (given instanceof Polarization stokes) {
            return polarized(stokes.map(), polarization.orElse(stokes.quantity()), stokes.u());
        }
        if (given instanceof Cube channels) {
            return new Cube(map(channels.map()), cube.orElse(channels.along()));
        }
        requireNoMapFlags("surveys");
        requireNoHdu("surveys");
        return given;
    }

    private Source composed(MapFile given, Optional<String> u) throws ConfigException {
        if (polarization.isPresent() && cube.isPresent()) {
            throw new ConfigException("--polarization and --cube cannot be had together");
        }
        if (polarization.isPresent()) {
            return polarized(given, polarization.get(), u);
        }
        return cube.isPresent() ? new Cube(map(given), cube.get()) : map(given);
    }

    private Polarization polarized(MapFile given, Polarization.Quantity quantity, Optional<String> givenU)
            throws ConfigException {
        if (column.isEmpty()) {
            return new Polarization(map(given), givenU, quantity);
        }
        String[] names = column.get().split(",");
        if (names.length != 2) {
            throw new ConfigException(
                    "--column must name Q and U as Q,U for polarization, found '" + column.get() + "'");
        }
        MapFile q = new MapFile(
                map(given).map(),
                map(given).hdu(),
                Optional.of(names[0]),
                map(given).frame());
        return new Polarization(q, Optional.of(names[1]), quantity);
    }
}
