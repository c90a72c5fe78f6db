package org.hipsnode.generate.engine;

import java.util.ArrayList;
import java.util.List;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.plan.Layout;
import org.hipsnode.generate.render.Cut;
import org.hipsnode.tile.TileFormat;

/**
 * The runs of Hipsgen that carry out a plan, decided without touching a file: the exact arguments of each.
 *
 * <p>The parameters bear the short names of newer versions, which Aladin 12.001 takes too, with a warning. No action is named
 * for the tiles, since some versions then abort on galactic maps: what Hipsgen does by itself is FITS and PNG. So FITS tiles
 * are always made, and JPEG is a second run.
 */
record HipsgenRuns(List<List<String>> arguments) {
    /** The map in the folder where Hipsgen runs. */
    static final String MAP = "map.fits";

    /** The folder, in the same place, where Hipsgen puts the survey. */
    static final String SURVEY = "survey";

    /** It divides by zero at narrower ones. */
    private static final int NARROWEST_TILE = 2;

    HipsgenRuns {
        arguments = arguments.stream().map(List::copyOf).toList();
    }

    /** Returns the runs for a plan; refuses one that Hipsgen cannot carry out. */
    static HipsgenRuns of(GenerationPlan plan, int workers) throws ConfigException {
        requireOneValue(plan);
        requireLayout(plan.layout());
        requirePixels(plan.pixels());
        requireGrey(plan);
        requireFormats(plan);
        List<List<String>> runs = new ArrayList<>();
        runs.add(run(plan, workers, "in=" + MAP, ""));
        if (plan.formats().contains(TileFormat.JPEG)) {
            runs.add(run(plan, workers, "", "JPEG"));
        }
        return new HipsgenRuns(runs);
    }

    private static List<String> run(GenerationPlan plan, int workers, String in, String action) {
        Cut cut = plan.display().cut();
        List<String> arguments = new ArrayList<>(List.of(
                in,
                "out=" + SURVEY,
                "id=" + id(plan),
                "frame=" + plan.layout().frame().keyword(),
                "order=" + plan.layout().order(),
                "pixelCut=" + cut.min() + " " + cut.max() + " "
                        + plan.display().stretch().keyword(),
                "maxThread=" + workers,
                action));
        arguments.removeIf(String::isEmpty);
        return arguments;
    }

    /** Hipsgen cuts values at a second '='; its own keyword list is not published, so the id may differ there. */
    private static String id(GenerationPlan plan) {
        return plan.keywords().value("creator_did").orElse("").replace('=', '-');
    }

    private static void requireOneValue(GenerationPlan plan) throws ConfigException {
        if (plan.isColour() || plan.channels() > 1) {
            throw refusal(
                    plan.isColour() ? "colours" : "cubes", "it is given one map, of which Hipsgen draws the values");
        }
    }

    private static void requireLayout(Layout layout) throws ConfigException {
        if (layout.order() != layout.sourceOrder()) {
            int wider = layout.tileWidth() << (layout.sourceOrder() - layout.order());
            throw refusal(
                    "--order " + layout.order(),
                    "Hipsgen leaves out no order of a map, whose own is " + layout.sourceOrder() + " in tiles of width "
                            + layout.tileWidth() + "; give --tile-width " + wider + " instead of --order");
        }
        if (layout.tileWidth() < NARROWEST_TILE) {
            throw refusal(
                    "tile width " + layout.tileWidth(),
                    "Hipsgen makes no tiles narrower than " + NARROWEST_TILE + " pixels; give --tile-width "
                            + NARROWEST_TILE);
        }
    }

    private static void requirePixels(PixelFormat pixels) throws ConfigException {
        if (pixels.type() == PixelType.INT64) {
            throw refusal("a column of 64-bit integers", "Hipsgen makes zeros of them; give another --column");
        }
        if (pixels.scale() != 1 || pixels.zero() != 0 || pixels.blank() != null) {
            throw refusal(
                    "a column with scale, zero or blank of its own",
                    "Hipsgen's tiles do not say them, so viewers would show other values; give another --column");
        }
    }

    private static void requireGrey(GenerationPlan plan) throws ConfigException {
        if (!plan.display().colormap().isGrey()) {
            throw refusal(
                    "--colormap " + plan.display().colormap().name(),
                    "Hipsgen draws in grey; leave the colour map to viewers");
        }
    }

    private static void requireFormats(GenerationPlan plan) throws ConfigException {
        if (plan.formats().contains(TileFormat.WEBP)) {
            throw refusal("webp", "Hipsgen writes fits, png and jpeg; leave webp out of --formats");
        }
    }

    private static ConfigException refusal(String what, String why) {
        return new ConfigException("the engine aladin cannot do " + what + ": " + why + ", or use --engine native");
    }
}
