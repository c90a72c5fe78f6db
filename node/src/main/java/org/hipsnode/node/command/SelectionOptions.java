package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.config.ConfigException;
import org.hipsnode.healpix.Cone;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.healpix.Polygon;
import org.hipsnode.healpix.Region;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.moc.MocRotation;
import org.hipsnode.moc.MocText;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.tile.TileFormat;
import picocli.CommandLine.Option;

/** Which part of a survey is copied. */
final class SelectionOptions {
    /** Fine enough for the tiles of any survey of today, coarse enough for a polygon that spans the sky. */
    private static final int REGION_ORDER = 11;

    @Option(names = "--order", paramLabel = "N", description = "The deepest order to copy; by default all.")
    private int order = HealpixGrid.MAX_ORDER;

    @Option(names = "--min-order", paramLabel = "N", description = "The first order to copy; by default all.")
    private int minOrder;

    @Option(
            names = "--formats",
            paramLabel = "FORMAT",
            split = ",",
            description = "Formats to copy, such as fits,png; by default all.")
    private List<String> formats = List.of();

    @Option(
            names = "--moc",
            paramLabel = "FILE",
            description = "A MOC (FITS, JSON or ASCII): only tiles that touch it.")
    private Optional<Path> moc = Optional.empty();

    @Option(
            names = "--cone",
            paramLabel = "LON,LAT,RADIUS",
            description = "Only tiles that touch a cone; ICRS, or the planet's longitude and latitude, in degrees.")
    private Optional<String> cone = Optional.empty();

    @Option(
            names = "--polygon",
            paramLabel = "LON,LAT,LON,LAT,...",
            description = "Only tiles that touch a polygon, in degrees as for --cone.")
    private Optional<String> polygon = Optional.empty();

    /** Tells whether a part of the sky is named, so that the survey's frame must be known. */
    boolean hasRegion() {
        return moc.isPresent() || cone.isPresent() || polygon.isPresent();
    }

    /**
     * Returns what is wanted of a survey.
     *
     * @param frame of the survey; empty for a planet's
     */
    Selection in(Optional<Frame> frame) throws IOException {
        try {
            return new Selection(minOrder, order, formats(), region(frame));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private Set<TileFormat> formats() throws ConfigException {
        Set<TileFormat> found = EnumSet.noneOf(TileFormat.class);
        for (String word : formats) {
            found.add(TileFormat.ofWord(word.trim())
                    .orElseThrow(() -> new ConfigException(
                            "--formats: expected some of fits, png, jpeg, webp, tsv, found '" + word + "'")));
        }
        return found;
    }

    private Optional<Moc> region(Optional<Frame> frame) throws IOException {
        List<Moc> regions = new ArrayList<>();
        if (moc.isPresent()) {
            regions.add(read(moc.get(), frame));
        }
        if (cone.isPresent()) {
            double[] numbers = numbers("--cone", cone.get());
            if (numbers.length != 3) {
                throw new ConfigException("--cone: expected LON,LAT,RADIUS, found '" + cone.get() + "'");
            }
            regions.add(touching(Cone.around(point(numbers, 0, frame), Math.toRadians(numbers[2]))));
        }
        if (polygon.isPresent()) {
            regions.add(touching(polygon(numbers("--polygon", polygon.get()), frame)));
        }
        return regions.stream().reduce(Moc::intersection);
    }

    private static Moc touching(Region region) {
        return Moc.touching(region, REGION_ORDER);
    }

    private static Region polygon(double[] numbers, Optional<Frame> frame) {
        List<SkyPoint> points = new ArrayList<>();
        for (int i = 0; i + 1 < numbers.length; i += 2) {
            points.add(point(numbers, i, frame));
        }
        return Polygon.of(points);
    }

    private static SkyPoint point(double[] degrees, int at, Optional<Frame> frame) {
        SkyPoint icrs = SkyPoint.ofDegrees(degrees[at], degrees[at + 1]);
        return frame.map(f -> f.fromIcrs(icrs.vector()).point()).orElse(icrs);
    }

    private static double[] numbers(String option, String text) throws ConfigException {
        try {
            return List.of(text.split("[,\\s]+")).stream()
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new ConfigException(
                    option + ": expected numbers of degrees with commas between, found '" + text + "'");
        }
    }

    private static Moc read(Path file, Optional<Frame> frame) throws IOException {
        byte[] content = BoundedReads.readFile(file, MocFits.MAX_BYTES);
        String start = new String(content, 0, Math.min(content.length, 9), StandardCharsets.ISO_8859_1);
        if (start.startsWith("SIMPLE") || start.startsWith("\u001f\u008b")) {
            MocFits.Content read = MocFits.read(content, file.toString());
            return rotated(read.moc(), read.frame().orElse(Frame.EQUATORIAL), frame);
        }
        String text = new String(content, StandardCharsets.UTF_8);
        Moc read = text.stripLeading().startsWith("{") ? MocText.parseJson(text) : MocText.parseAscii(text);
        return rotated(read, Frame.EQUATORIAL, frame);
    }

    private static Moc rotated(Moc moc, Frame from, Optional<Frame> to) {
        return to.isEmpty() || to.get() == from ? moc : MocRotation.rotate(moc, from, to.get());
    }
}
