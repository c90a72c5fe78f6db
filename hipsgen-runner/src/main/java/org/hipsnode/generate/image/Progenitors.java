package org.hipsnode.generate.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipsnode.io.JsonText;
import org.hipsnode.moc.Moc;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.hipsnode.wcs.ImageWcs;

/**
 * The lists of images, tile by tile, that Hipsgen's actions INDEX and DETAILS write to {@code HpxFinder} and that Aladin reads: a
 * JSON object a line (standards.md §1.12).
 */
public final class Progenitors {
    /** Folder of the lists, beside the tiles. */
    public static final String FOLDER = "HpxFinder/";

    /** A manifest tells of a hundred thousand files that are no tiles. */
    private static final int MOST_LISTS = 50_000;

    /** Nobody reads longer ones; a viewer looks closer. */
    private static final int LONGEST_LIST = 1000;

    private static final int FIRST_VIEWED_ORDER = 3;

    private final List<SkyImage> images;
    private final List<Path> places;
    private final ImageIndex index;
    private final Moc tiles;
    private final int order;

    /** Receives files. */
    @FunctionalInterface
    public interface Files {
        void write(String name, byte[] content) throws IOException;
    }

    /**
     * Prepares the lists of a collection.
     *
     * @param places where the images were looked for
     * @param tiles that the survey has, at its deepest order
     */
    Progenitors(List<SkyImage> images, List<Path> places, ImageIndex index, Moc tiles) {
        this.images = images;
        this.places = places;
        this.index = index;
        this.tiles = tiles;
        this.order = Math.min(index.order(), tiles.order());
    }

    /** Returns the order of the deepest lists. */
    public int order() {
        return order;
    }

    /** Tells whether the lists are too many for a release to carry. */
    public boolean areTooMany() {
        return IntStream.rangeClosed(Math.min(FIRST_VIEWED_ORDER, order), order)
                        .mapToLong(tiles::countTouchedCells)
                        .sum()
                > MOST_LISTS;
    }

    /** Writes the lists: of the deepest order all, of others those that are short enough to be read. */
    public void write(Files files) throws IOException {
        List<String> lines = lines();
        for (int k = Math.min(FIRST_VIEWED_ORDER, order); k <= order; k++) {
            List<TileAddress> cells = new ArrayList<>();
            tiles.forEachTouchedCell(k, (o, cell) -> cells.add(new TileAddress(o, cell)));
            for (TileAddress cell : cells) {
                write(cell, index.images(cell), lines, files);
            }
        }
    }

    private void write(TileAddress cell, int[] touching, List<String> lines, Files files) throws IOException {
        if (touching.length == 0 || (touching.length > LONGEST_LIST && cell.order() < order)) {
            return;
        }
        StringBuilder list = new StringBuilder();
        for (int image : touching) {
            list.append(lines.get(image)).append('\n');
        }
        String tile = new TreeName.Tile(cell, 0, TileFormat.FITS).toString();
        String name = FOLDER + tile.substring(0, tile.lastIndexOf('.'));
        files.write(name, list.toString().getBytes(StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return images.stream().map(image -> JsonText.line(facts(image))).toList();
    }

    /** Returns what Hipsgen tells of an image, under the same names and as texts. */
    private Map<String, Object> facts(SkyImage image) {
        SkyImage.Place place = image.place();
        String hdu = place.hdu() == 0 ? "" : "[" + place.hdu() + "]";
        String file = String.valueOf(place.file().getFileName());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", file.replaceFirst("(?i)\\.((fits?|fts)(\\.(gz|bz2|fz))?|png|jpe?g|tiff?)$", "") + hdu);
        facts.put("path", path(place.file()) + hdu);
        ImageWcs wcs = image.wcs().in(Frame.EQUATORIAL);
        double right = image.width() + 0.5;
        double top = image.height() + 0.5;
        degrees(wcs, (0.5 + right) / 2, (0.5 + top) / 2).ifPresent(middle -> {
            facts.put("ra", middle[0]);
            facts.put("dec", middle[1]);
        });
        facts.put(
                "cellmem",
                Long.toString((long) image.width()
                        * image.height()
                        * image.format().type().bytes()));
        polygon(wcs, new double[][] {{0.5, 0.5}, {right, 0.5}, {right, top}, {0.5, top}})
                .ifPresent(polygon -> facts.put("stc", "POLYGON J2000 " + polygon));
        image.facts().observed().ifPresent(time -> {
            facts.put("MJD-OBS", String.format(Locale.ROOT, "%.6f", time.start()));
            facts.put("EXPTIME", String.format(Locale.ROOT, "%.3f", (time.end() - time.start()) * 86400));
        });
        return facts;
    }

    /** Returns a file's path from the folder in which the place lies where it was looked for: no folders of this machine. */
    private String path(Path file) {
        for (Path place : places) {
            Path parent = place.toAbsolutePath().normalize().getParent();
            Path whole = file.toAbsolutePath().normalize();
            if (parent != null && whole.startsWith(place.toAbsolutePath().normalize())) {
                return parent.relativize(whole).toString().replace('\\', '/');
            }
        }
        return String.valueOf(file.getFileName());
    }

    /** Returns the corners; empty for an image that has some off the sky. */
    private static Optional<String> polygon(ImageWcs wcs, double[][] corners) {
        List<String> texts = new ArrayList<>();
        for (double[] corner : corners) {
            Optional<String[]> point = degrees(wcs, corner[0], corner[1]);
            if (point.isEmpty()) {
                return Optional.empty();
            }
            texts.addAll(List.of(point.get()));
        }
        return Optional.of(String.join(" ", texts));
    }

    private static Optional<String[]> degrees(ImageWcs wcs, double x, double y) {
        double[] lonLat = new double[2];
        return wcs.toSky(x, y, lonLat)
                ? Optional.of(new String[] {degrees(lonLat[0]), degrees(lonLat[1])})
                : Optional.empty();
    }

    private static String degrees(double radians) {
        return String.format(Locale.ROOT, "%.8f", Math.toDegrees(radians));
    }
}
