package org.hipsnode.node.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.PixelType;
import org.hipsnode.sky.Frame;
import org.hipsnode.survey.SurveyDefinition.Pixels;
import org.hipsnode.survey.SurveyDefinition.Resampling;
import org.hipsnode.survey.SurveyDefinition.Tiles;
import org.hipsnode.tile.TileFormat;
import picocli.CommandLine.Option;

/** What is written. */
final class TilesOptions {
    @Option(
            names = "--formats",
            paramLabel = "F,F",
            split = "[, ]+",
            description = "Of fits, png, jpeg, webp; the first is what viewers take. By default png,fits.")
    private List<String> formats = new ArrayList<>();

    @Option(
            names = "--tile-width",
            paramLabel = "N",
            description = "A power of two; by default 512, or less for small maps.")
    private Optional<Integer> tileWidth = Optional.empty();

    @Option(
            names = "--order",
            paramLabel = "N",
            description = "Deepest order, by default the map's own; deeper only with --resampling.")
    private Optional<Integer> order = Optional.empty();

    @Option(
            names = "--frame",
            paramLabel = "FRAME",
            description = "Frame of the tiles, by default the map's: equatorial, galactic or ecliptic.")
    private Optional<Frame> frame = Optional.empty();

    @Option(
            names = "--resampling",
            paramLabel = "METHOD",
            description = "How values between pixels are found: nearest, bilinear, or of images area.")
    private Optional<Resampling.Method> resampling = Optional.empty();

    @Option(
            names = "--bitpix",
            paramLabel = "N",
            description = "Numbers in FITS tiles: 8, 16, 32, 64, -32 or -64; by default the map's.")
    private Optional<Integer> bitpix = Optional.empty();

    @Option(
            names = "--bscale",
            paramLabel = "X",
            description =
                    "With --bitpix: value = bzero + bscale times number; by default from the range of the values.")
    private Optional<Double> bscale = Optional.empty();

    @Option(names = "--bzero", paramLabel = "X", description = "See --bscale.")
    private Optional<Double> bzero = Optional.empty();

    @Option(names = "--moc", paramLabel = "FILE", description = "Only the part of the sky that this MOC covers.")
    private Optional<Path> moc = Optional.empty();

    /** Puts the flags over what a definition says. */
    Tiles over(Tiles given) throws ConfigException {
        return new Tiles(
                formats.isEmpty() ? given.formats() : chosenFormats(),
                tileWidth.isPresent() ? OptionalInt.of(tileWidth.get()) : given.width(),
                order.isPresent() ? OptionalInt.of(order.get()) : given.order(),
                new Resampling(
                        frame.or(() -> given.resampling().frame()),
                        resampling.or(() -> given.resampling().method())),
                pixels(given.pixels()),
                moc.or(given::region));
    }

    private List<TileFormat> chosenFormats() throws ConfigException {
        List<TileFormat> chosen = new ArrayList<>();
        for (String word : formats) {
            TileFormat format = TileFormat.ofWord(word)
                    .orElseThrow(() ->
                            new ConfigException("--formats must be of fits, png, jpeg and webp, found '" + word + "'"));
            if (!chosen.contains(format)) {
                chosen.add(format);
            }
        }
        return chosen;
    }

    private Optional<Pixels> pixels(Optional<Pixels> given) throws ConfigException {
        if (bitpix.isEmpty() && (bscale.isPresent() || bzero.isPresent()) && given.isEmpty()) {
            throw new ConfigException("--bscale and --bzero need --bitpix beside them");
        }
        if (bitpix.isEmpty() && bscale.isEmpty() && bzero.isEmpty()) {
            return given;
        }
        int chosen = bitpix.orElseGet(() -> given.map(Pixels::bitpix).orElse(0));
        if (PixelType.ofBitpix(chosen).isEmpty()) {
            throw new ConfigException("--bitpix must be 8, 16, 32, 64, -32 or -64, found " + chosen);
        }
        return Optional.of(new Pixels(chosen, number(bscale), number(bzero)));
    }

    private static OptionalDouble number(Optional<Double> value) {
        return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
    }
}
