package org.hipsnode.generate.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.tiff.GeoTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.TestPicture;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Latitudes;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Longitudes;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Plane;
import org.hipsnode.survey.SurveyDefinition.Resampling;
import org.hipsnode.survey.SurveyDefinition.Resampling.Method;
import org.hipsnode.survey.SurveyDefinition.Tiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps that say by GeoKeys where they are on a body. */
class GeoTiffTest {
    private static final double RADIUS = 3396190;
    private static final double DEGREE = Math.toRadians(RADIUS);
    private static final int WIDTH = 40;
    private static final int HEIGHT = 20;
    private static final Plane UNTOLD = Plane.AS_LABELLED;

    @TempDir
    private Path folder;

    /** Keys of a GeoTIFF, whole numbers in the directory and others in their own tag, and where pixels are. */
    private static byte[] tiff(Map<Integer, Double> keys, double[] scale, double[] tie) throws IOException {
        BufferedImage image = TestPicture.greys(WIDTH, HEIGHT, true, (x, y) -> 100 * y + x);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        TIFFDirectory tags = TIFFDirectory.createFromMetadata(writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam()));
        char[] directory = new char[4 + 4 * keys.size()];
        double[] doubles = new double[keys.size()];
        directory[0] = 1;
        directory[1] = 1;
        directory[3] = (char) keys.size();
        int entry = 0;
        for (Map.Entry<Integer, Double> key : new TreeMap<>(keys).entrySet()) {
            boolean whole = key.getKey() < 2055 || key.getKey() == 3075 || key.getKey() == 3076;
            directory[4 + 4 * entry] = (char) key.getKey().intValue();
            directory[5 + 4 * entry] = (char) (whole ? 0 : GeoTIFFTagSet.TAG_GEO_DOUBLE_PARAMS);
            directory[6 + 4 * entry] = 1;
            directory[7 + 4 * entry] = (char) (whole ? key.getValue().intValue() : entry);
            doubles[entry++] = key.getValue();
        }
        add(tags, GeoTIFFTagSet.TAG_GEO_KEY_DIRECTORY, TIFFTag.TIFF_SHORT, directory.length, directory);
        add(tags, GeoTIFFTagSet.TAG_GEO_DOUBLE_PARAMS, TIFFTag.TIFF_DOUBLE, doubles.length, doubles);
        add(tags, GeoTIFFTagSet.TAG_MODEL_PIXEL_SCALE, TIFFTag.TIFF_DOUBLE, scale.length, scale);
        add(tags, GeoTIFFTagSet.TAG_MODEL_TIE_POINT, TIFFTag.TIFF_DOUBLE, tie.length, tie);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, tags.getAsMetadata()));
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    private static void add(TIFFDirectory tags, int tag, int type, int count, Object values) {
        if (count > 0) {
            tags.addTIFFField(new TIFFField(GeoTIFFTagSet.getInstance().getTag(tag), type, count, values));
        }
    }

    private Path file(Map<Integer, Double> keys, double[] scale, double... tie) throws IOException {
        return Files.write(Files.createTempFile(folder, "geo", ".tif"), tiff(keys, scale, tie));
    }

    private static BodyMapFile open(Path file, Plane plane) throws IOException {
        Tiles nearest = new Tiles(
                List.of(),
                OptionalInt.of(64),
                OptionalInt.of(2),
                new Resampling(Optional.empty(), Optional.of(Method.NEAREST)),
                Optional.empty(),
                Optional.empty());
        return BodyMapFile.open(
                new BodyMap(file, Optional.of("mars"), plane, OptionalDouble.empty()), nearest, new Warnings());
    }

    private static double[] scale(double x, double y) {
        return new double[] {x, y, 0};
    }

    /** Looks for the pixel of a column and a line where the test expects it. */
    private static void assertPixel(BodyMapFile map, int column, int line, double east, double centric)
            throws IOException {
        TileSource source = map.sources().get(0);
        double value = source.value(
                HealpixGrid.ofOrder(source.pixelOrder()).nestedAt(SkyPoint.ofDegrees((east + 360) % 360, centric)));
        assertThat(value).as("%s° east, %s° north", east, centric).isEqualTo(100 * line + column);
    }

    @Test
    void longitudesAndLatitudesInDegrees() throws IOException {
        Map<Integer, Double> keys = Map.of(1024, 2.0, 1025, 1.0, 2054, 9102.0, 2057, RADIUS, 2058, RADIUS);
        Path part = file(keys, scale(2, 2), 0, 0, 0, 170, 30, 0);
        try (BodyMapFile map = open(part, UNTOLD)) {
            assertPixel(map, 0, 0, 171, 29);
            assertPixel(map, 30, 19, 231, -9);
            TileSource source = map.sources().get(0);
            HealpixGrid grid = HealpixGrid.ofOrder(source.pixelOrder());
            assertThat(source.value(grid.nestedAt(SkyPoint.ofDegrees(160, 0)))).isNaN();
            assertThat(source.value(grid.nestedAt(SkyPoint.ofDegrees(200, 40)))).isNaN();
        }
        Map<Integer, Double> points = Map.of(1024, 2.0, 1025, 2.0);
        try (BodyMapFile map = open(file(points, scale(2, 2), 3, 4, 0, 170, 30, 0), UNTOLD)) {
            assertPixel(map, 3, 4, 170, 30);
        }
    }

    @Test
    void equirectangularInMetres() throws IOException {
        double along = DEGREE * Math.cos(Math.toRadians(30));
        Map<Integer, Double> keys = Map.of(
                1024, 1.0, 3075, 17.0, 3076, 9001.0, 2057, RADIUS, 2058, RADIUS, 3078, 30.0, 3088, 180.0, 3082, 1000.0);
        Path file = file(keys, scale(9 * along, 9 * DEGREE), 0, 0, 0, 1000 - 180 * along, 90 * DEGREE, 0);
        try (BodyMapFile map = open(file, UNTOLD)) {
            assertPixel(map, 0, 0, 4.5, 85.5);
            assertPixel(map, 20, 10, 184.5, -4.5);
            assertPixel(map, 39, 15, 355.5, -49.5);
        }
        Map<Integer, Double> flattened = new TreeMap<>(keys);
        flattened.put(2058, 0.9 * RADIUS);
        double graphic = Math.toDegrees(Math.atan(Math.tan(Math.toRadians(-49.5)) * 0.81));
        Path ellipsoid = file(flattened, scale(9 * along, 9 * DEGREE), 0, 0, 0, 1000 - 180 * along, 90 * DEGREE, 0);
        try (BodyMapFile map = open(ellipsoid, UNTOLD)) {
            assertPixel(map, 39, 15, 355.5, graphic);
        }
        Plane centric = new Plane(
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.of(Latitudes.PLANETOCENTRIC),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        assertThat(graphic).isNotCloseTo(-49.5, within(5.0));
        try (BodyMapFile map = open(ellipsoid, centric)) {
            assertPixel(map, 39, 15, 355.5, -49.5);
        }
    }

    /** Snyder 1987, eq. 21-33 on a sphere: ρ = 2 R tan(45° − φ/2). */
    @Test
    void polarStereographicInMetres() throws IOException {
        double step = DEGREE;
        for (int pole : new int[] {1, -1}) {
            Map<Integer, Double> keys =
                    Map.of(1024, 1.0, 3075, 15.0, 2057, RADIUS, 3081, 90.0 * pole, 3095, 30.0, 3092, 1.0);
            Path file = file(keys, scale(step, step), 0, 0, 0, -20 * step, 10 * step, 0);
            try (BodyMapFile map = open(file, UNTOLD)) {
                double x = 5.5 * step;
                double y = -3.5 * step;
                double far = Math.hypot(x, y);
                double lat = 90 - 2 * Math.toDegrees(Math.atan(far / (2 * RADIUS)));
                double lon = 30 + Math.toDegrees(Math.atan2(x, -pole * y));
                assertPixel(map, 25, 13, lon, pole * lat);
            }
        }
    }

    @Test
    void whatIsNotUnderstoodIsRefusedWithItsReason() throws IOException {
        double[] one = scale(1, 1);
        Map<Integer, Double> mercator = Map.of(1024, 1.0, 3075, 7.0, 2057, RADIUS);
        assertThatThrownBy(() -> open(file(mercator, one, 0, 0, 0, 0, 0, 0), UNTOLD))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("projection 7");
        Map<Integer, Double> feet = Map.of(1024, 1.0, 3075, 17.0, 3076, 9002.0, 2057, RADIUS);
        assertThatThrownBy(() -> open(file(feet, one, 0, 0, 0, 0, 0, 0), UNTOLD))
                .hasMessageContaining("metres (9001)")
                .hasMessageContaining("9002");
        assertThatThrownBy(() -> open(file(Map.of(1024, 1.0, 3075, 17.0), one, 0, 0, 0, 0, 0, 0), UNTOLD))
                .hasMessageContaining("radius of the body");
        assertThatThrownBy(() -> open(file(Map.of(1024, 2.0), new double[0], 0, 0, 0, 0, 0, 0), UNTOLD))
                .hasMessageContaining("ModelPixelScale");
        assertThatThrownBy(() -> open(file(Map.of(1024, 2.0), scale(-1, 1), 0, 0, 0, 0, 0, 0), UNTOLD))
                .hasMessageContaining("steps of -1.0");
        Plane west = new Plane(
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.of(Longitudes.WEST),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        assertThatThrownBy(() -> open(file(Map.of(1024, 2.0), one, 0, 0, 0, 0, 0, 0), west))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("leave out longitudes");
    }

    @Property(tries = 200)
    void aSpoiledFileIsReadOrRefused(@ForAll @IntRange(max = 4000) int place, @ForAll byte other, @ForAll byte another)
            throws IOException {
        Map<Integer, Double> keys = Map.of(1024, 1.0, 3075, 17.0, 2057, RADIUS, 3078, 30.0);
        Path spoilt = Files.createTempFile("hipsnode-fuzz", ".tif");
        try {
            byte[] bytes = tiff(keys, scale(9 * DEGREE, 9 * DEGREE), new double[] {0, 0, 0, 0, 0, 0});
            bytes[place % bytes.length] = other;
            bytes[(place + 1) % bytes.length] = another;
            Files.write(spoilt, bytes);
            try (BodyMapFile map = open(spoilt, UNTOLD)) {
                assertThat(map.body()).isEqualTo("mars");
            } catch (MalformedDataException | ConfigException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        } finally {
            Files.delete(spoilt);
        }
    }
}
