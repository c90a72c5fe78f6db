package org.hipsnode.generate.body;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.plugins.tiff.GeoTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;
import org.hipsnode.generate.picture.PictureFile;
import org.hipsnode.io.MalformedDataException;

/** What a GeoTIFF says of its coordinates: numbers by the number of their key, and where its pixels are (OGC 19-008r4, §7). */
final class GeoKeys {
    private static final int ENTRY = 4;

    private final String name;
    private final Map<Integer, Double> numbers;
    private final Grid grid;

    /**
     * Where pixels are: x grows with the columns, y falls with the lines.
     *
     * @param x coordinate of the left edge of the first pixel
     * @param y coordinate of the upper edge of the first line
     * @param stepX width of a pixel
     * @param stepY height of a pixel
     */
    record Grid(double x, double y, double stepX, double stepY) {}

    private GeoKeys(String name, Map<Integer, Double> numbers, Grid grid) {
        this.name = name;
        this.numbers = numbers;
        this.grid = grid;
    }

    /** Reads the keys of a picture; empty if it has none, as pictures that are no GeoTIFF. */
    static Optional<GeoKeys> of(PictureFile picture, String name) throws IOException {
        Optional<TIFFDirectory> tags = picture.tags();
        if (tags.isEmpty() || !tags.get().containsTIFFField(GeoTIFFTagSet.TAG_GEO_KEY_DIRECTORY)) {
            return Optional.empty();
        }
        try {
            Map<Integer, Double> numbers = numbers(tags.get());
            boolean points = numbers.getOrDefault(RASTER_TYPE, 1.0) == PIXEL_IS_POINT;
            return Optional.of(new GeoKeys(name, numbers, grid(tags.get(), name, points ? 0.5 : 0)));
        } catch (ClassCastException | IndexOutOfBoundsException | NumberFormatException e) {
            throw MalformedDataException.expected(name, "the tags of a GeoTIFF", "damaged ones");
        }
    }

    private static final int RASTER_TYPE = 1025;
    private static final int PIXEL_IS_POINT = 2;

    /** Each entry has a key, where its value is, how many there are, and the value or its place. */
    private static Map<Integer, Double> numbers(TIFFDirectory tags) {
        TIFFField directory = tags.getTIFFField(GeoTIFFTagSet.TAG_GEO_KEY_DIRECTORY);
        Map<Integer, Double> numbers = new HashMap<>();
        for (int at = ENTRY; at + ENTRY <= directory.getCount(); at += ENTRY) {
            int key = directory.getAsInt(at);
            int place = directory.getAsInt(at + 1);
            int value = directory.getAsInt(at + 3);
            if (place == 0) {
                numbers.put(key, (double) value);
            } else if (place == GeoTIFFTagSet.TAG_GEO_DOUBLE_PARAMS && tags.containsTIFFField(place)) {
                numbers.put(key, tags.getTIFFField(place).getAsDouble(value));
            }
        }
        return numbers;
    }

    /** From a scale and a point, or from a matrix. */
    private static Grid grid(TIFFDirectory tags, String name, double half) throws IOException {
        double[] scale = doubles(tags, GeoTIFFTagSet.TAG_MODEL_PIXEL_SCALE);
        double[] point = doubles(tags, GeoTIFFTagSet.TAG_MODEL_TIE_POINT);
        double[] matrix = doubles(tags, GeoTIFFTagSet.TAG_MODEL_TRANSFORMATION);
        if (matrix.length >= 8 && matrix[1] == 0 && matrix[4] == 0) {
            return checked(matrix[3], matrix[7], matrix[0], -matrix[5], half, name);
        }
        if (scale.length < 2 || point.length != 6) {
            throw MalformedDataException.expected(
                    name,
                    "ModelPixelScale with one ModelTiepoint, or a ModelTransformation without rotation",
                    "neither; turn the map north up by gdalwarp");
        }
        return checked(point[3] - point[0] * scale[0], point[4] + point[1] * scale[1], scale[0], scale[1], half, name);
    }

    private static Grid checked(double x, double y, double stepX, double stepY, double half, String name)
            throws IOException {
        if (!(stepX > 0 && stepY > 0 && Double.isFinite(x) && Double.isFinite(y))) {
            throw MalformedDataException.expected(
                    name, "pixels whose x grows to the right and y upwards", "steps of " + stepX + " and " + stepY);
        }
        return new Grid(x - half * stepX, y + half * stepY, stepX, stepY);
    }

    private static double[] doubles(TIFFDirectory tags, int tag) {
        return tags.containsTIFFField(tag) && tags.getTIFFField(tag).getType() == TIFFTag.TIFF_DOUBLE
                ? tags.getTIFFField(tag).getAsDoubles()
                : new double[0];
    }

    /** Returns the file, for messages. */
    String name() {
        return name;
    }

    Grid grid() {
        return grid;
    }

    /** Returns the number of a key. */
    OptionalDouble number(int key) {
        Double number = numbers.get(key);
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    double number(int key, double otherwise) {
        return number(key).orElse(otherwise);
    }
}
