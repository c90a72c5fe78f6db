package org.hipsnode.node.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.hipsnode.config.ConfigException;
import org.hipsnode.survey.SurveyDefinition.Images;
import picocli.CommandLine.Option;

/** How a collection of images becomes one sky. */
final class ImageOptions {
    @Option(
            names = "--coadd",
            paramLabel = "HOW",
            description =
                    "Images: what becomes of several values at one place: mean (the default), fading (a mean with "
                            + "weights that grow from the border inwards), median, sum, first or last.")
    private Optional<Images.Coadd> coadd = Optional.empty();

    @Option(names = "--plane", paramLabel = "N", description = "Images: plane of a cube, by default 1, the first.")
    private Optional<Integer> plane = Optional.empty();

    @Option(
            names = "--blank",
            paramLabel = "X",
            description =
                    "Images, maps of bodies: value of pixels that are blank, besides NaN and those that BLANK marks.")
    private Optional<Double> blank = Optional.empty();

    boolean areGiven() {
        return coadd.isPresent() || plane.isPresent() || blank.isPresent();
    }

    /** Returns the value that is blank, which maps of bodies may have too; the other flags they may not. */
    OptionalDouble blankOnly(String what) throws ConfigException {
        if (coadd.isPresent() || plane.isPresent()) {
            throw new ConfigException("--coadd and --plane are for images, not for " + what);
        }
        return blank.isPresent() ? OptionalDouble.of(blank.get()) : OptionalDouble.empty();
    }

    Images of(List<Path> places, Optional<String> hdus) throws ConfigException {
        return over(Images.of(places), hdus);
    }

    /** Puts the flags over what a definition says. */
    Images over(Images given, Optional<String> hdus) throws ConfigException {
        if (plane.isPresent() && plane.get() < 1) {
            throw new ConfigException("--plane must be 1 or more, found " + plane.get());
        }
        return new Images(
                given.places(),
                hdus.or(given::hdus),
                plane.isPresent() ? OptionalInt.of(plane.get()) : given.plane(),
                coadd.orElse(given.coadd()),
                blank.isPresent() ? OptionalDouble.of(blank.get()) : given.blank());
    }
}
