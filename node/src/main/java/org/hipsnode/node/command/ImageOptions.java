package org.hipsnode.node.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
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

    @Option(
            names = "--weights",
            paramLabel = "EXT|SUFFIX",
            description = "Images: weights of pixels: an extension such as WHT, or files beside images by their ends, "
                    + "such as .weight.fits.")
    private Optional<String> weights = Optional.empty();

    @Option(
            names = "--errors",
            paramLabel = "EXT|SUFFIX",
            description = "Images: standard deviations of pixels instead, whose weights are 1/sigma^2.")
    private Optional<String> errors = Optional.empty();

    @Option(
            names = "--weight-keyword",
            paramLabel = "KEYWORD",
            description = "Images: keyword whose number is the weight of the image, such as EXPTIME.")
    private Optional<String> weightKeyword = Optional.empty();

    @Option(
            names = "--border",
            paramLabel = "CUT",
            description = "Images: pixels cut at each side, as N or LEFT,BOTTOM,RIGHT,TOP; or what is kept: "
                    + "'ellipse [X Y A B [ANGLE]]' or 'polygon X Y X Y X Y ...', in pixels from 1.")
    private Optional<String> border = Optional.empty();

    @Option(
            names = "--saturated",
            paramLabel = "X|KEYWORD",
            description = "Images: value from which on pixels are blank, or the keyword that tells it, as SATURATE.")
    private Optional<String> saturated = Optional.empty();

    @Option(
            names = "--scale-keyword",
            paramLabel = "KEYWORD",
            description = "Images: keyword whose number values are multiplied by, or 1/KEYWORD, as 1/EXPTIME.")
    private Optional<String> scaleKeyword = Optional.empty();

    @Option(
            names = "--background",
            paramLabel = "HOW",
            description = "Images: level taken away: none (the default), constant (each image's own), or overlaps "
                    + "(what makes overlaps alike).")
    private Optional<Images.Background> background = Optional.empty();

    boolean areGiven() {
        return coadd.isPresent()
                || plane.isPresent()
                || blank.isPresent()
                || background.isPresent()
                || Stream.of(weights, errors, weightKeyword, border, saturated, scaleKeyword)
                        .anyMatch(Optional::isPresent);
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
                blank.isPresent() ? OptionalDouble.of(blank.get()) : given.blank(),
                over(given.weights()),
                over(given.adjustment()));
    }

    private Images.Weights over(Images.Weights given) {
        // one of the two replaces the other
        boolean map = weights.isPresent() || errors.isPresent();
        return new Images.Weights(
                map ? weights : given.map(), map ? errors : given.errors(), weightKeyword.or(given::keyword));
    }

    private Images.Adjustment over(Images.Adjustment given) {
        return new Images.Adjustment(
                border.or(given::border),
                saturated.or(given::saturated),
                scaleKeyword.or(given::scale),
                background.orElse(given.background()));
    }
}
