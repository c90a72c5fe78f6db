package org.hipsnode.generate.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.hipsnode.SharedData;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.TestImage;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.survey.SurveyDefinition.BodyMap;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Latitudes;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Longitudes;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Plane;
import org.hipsnode.survey.SurveyDefinition.BodyMap.Projection;
import org.hipsnode.survey.SurveyDefinition.Resampling;
import org.hipsnode.survey.SurveyDefinition.Resampling.Method;
import org.hipsnode.survey.SurveyDefinition.Tiles;
import org.hipsnode.tile.TileAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps of bodies, real ones and made ones, and where on the body their values land: longitudes east, latitudes of the centre. */
class BodyMapFileTest {
    private static final Tiles NEAREST = new Tiles(
            List.of(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            new Resampling(Optional.empty(), Optional.of(Method.NEAREST)),
            Optional.empty(),
            Optional.empty());

    @TempDir
    private Path folder;

    private final Warnings warnings = new Warnings();

    private BodyMapFile open(Path file, Plane plane) throws IOException {
        return open(file, plane, Tiles.USUAL);
    }

    private BodyMapFile open(Path file, Plane plane, Tiles tiles) throws IOException {
        return BodyMapFile.open(new BodyMap(file, Optional.of("Mars"), plane, OptionalDouble.empty()), tiles, warnings);
    }

    private static double valueAt(TileSource source, double east, double centric) throws IOException {
        return source.value(HealpixGrid.ofOrder(source.pixelOrder()).nestedAt(SkyPoint.ofDegrees(east, centric)));
    }

    private static double valueAt(BodyMapFile map, double east, double centric) throws IOException {
        return valueAt(map.sources().get(0), east, centric);
    }

    /** The extremes of MOLA's map are stated by its makers; each is in the tile of its place and in no other. */
    @Test
    void theExtremesOfMarsFallInTheRightTiles() throws IOException {
        Path label = SharedData.require("planetary/megt90n000cb.lbl");
        try (BodyMapFile map = BodyMapFile.open(BodyMap.of(label), NEAREST, warnings)) {
            assertThat(map.body()).isEqualTo("mars");
            assertThat(map.files()).hasSize(2);
            TileSource source = map.sources().get(0);
            assertThat(source.unit()).isEqualTo("METER");
            assertThat(source.pixelOrder()).isEqualTo(8);
            assertThat(valueAt(source, 226.875, 17.375)).isEqualTo(21134);
            assertThat(valueAt(source, 62.125, -32.875)).isEqualTo(-8068);
            double[] extremes = new double[2];
            long[] tiles = new long[2];
            byte[] data = new byte[32 * 32 * source.format().type().bytes()];
            for (long tile = 0; tile < 768; tile++) {
                assertThat(source.read(new TileAddress(3, tile), 32, data)).isTrue();
                for (int i = 0; i < 32 * 32; i++) {
                    double value = source.format().physical(data, i);
                    if (value < extremes[0]) {
                        extremes[0] = value;
                        tiles[0] = tile;
                    } else if (value > extremes[1]) {
                        extremes[1] = value;
                        tiles[1] = tile;
                    }
                }
            }
            HealpixGrid grid = HealpixGrid.ofOrder(3);
            assertThat(extremes).containsExactly(-8068, 21134);
            assertThat(tiles)
                    .containsExactly(
                            grid.nestedAt(SkyPoint.ofDegrees(62.125, -32.875)),
                            grid.nestedAt(SkyPoint.ofDegrees(226.875, 17.375)));
        }
    }

    /** Lines go around the body: between the last column and the first there is no seam. */
    @Test
    void thereIsNoSeamWhereTheMapBegins() throws IOException {
        Path label = SharedData.require("planetary/megt90n000cb.lbl");
        short[] line = new short[1440];
        ByteBuffer.wrap(Files.readAllBytes(label.resolveSibling("megt90n000cb.img")))
                .asShortBuffer()
                .position(1440 * 360)
                .get(line);
        Tiles fine = new Tiles(
                List.of(),
                OptionalInt.of(512),
                OptionalInt.of(8),
                new Resampling(Optional.empty(), Optional.of(Method.BILINEAR)),
                Optional.empty(),
                Optional.empty());
        try (BodyMapFile map = BodyMapFile.open(BodyMap.of(label), fine, warnings)) {
            assertThat(valueAt(map, 0, -0.125)).isCloseTo((line[0] + line[1439]) / 2.0, within(1.0));
            assertThat(valueAt(map, 359.99999, -0.125)).isCloseTo((line[0] + line[1439]) / 2.0, within(1.0));
            assertThat(valueAt(map, 0.125, -0.125)).isCloseTo(line[0], within(1.0));
        }
    }

    /** A picture, 360 columns wide, whose value is the longitude counted to the right from its left edge, plus the line. */
    private Path grey() throws IOException {
        BufferedImage picture = new BufferedImage(360, 180, BufferedImage.TYPE_USHORT_GRAY);
        for (int y = 0; y < 180; y++) {
            for (int x = 0; x < 360; x++) {
                picture.getRaster().setSample(x, y, 0, 100 * x + y);
            }
        }
        Path file = folder.resolve("grey.png");
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    private static Plane plane(double centre, Longitudes longitudes) {
        return new Plane(
                Optional.empty(),
                OptionalDouble.of(centre),
                Optional.of(longitudes),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    @ParameterizedTest
    @CsvSource({
        // the column under 30° east, 10° north
        "0, EAST, 210",
        "180, EAST, 30",
        "180, WEST, 30",
        "90, EAST, 120",
        "90, WEST, 300",
        "-90, WEST, 120"
    })
    void picturesMayHaveAnyMiddleAndCountEitherWay(double centre, Longitudes longitudes, int column)
            throws IOException {
        try (BodyMapFile map = open(grey(), plane(centre, longitudes), NEAREST)) {
            assertThat(valueAt(map, 30.5, 10.5)).isEqualTo(100 * column + 79);
        }
    }

    /** 45° at the centre of Mars is 45.34° of the upright: (1 − f)² tan = tan. */
    @Test
    void planetographicLatitudesAreNotThoseOfTheCentre() throws IOException {
        Plane graphic = new Plane(
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.of(Latitudes.PLANETOGRAPHIC),
                OptionalDouble.of(0.2),
                OptionalDouble.empty());
        double latitude = Math.toDegrees(Math.atan(1 / 0.64));
        try (BodyMapFile map = open(grey(), graphic, NEAREST)) {
            assertThat(valueAt(map, 0.5, 45) - 100 * 180).isCloseTo(90 - latitude, within(1.2));
        }
        Plane unknown = new Plane(
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.of(Latitudes.PLANETOGRAPHIC),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        assertThatThrownBy(() -> open(grey(), unknown)).hasMessageContaining("flattening");
    }

    /** Around the north pole longitudes run counterclockwise from the line down, around the south pole clockwise from that up. */
    @ParameterizedTest
    @CsvSource({"60, 1, 0", "-60, -1, 0"})
    void polarMapsAreStereographic(double edge, int down, double centre) throws IOException {
        int side = 201;
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_USHORT_GRAY);
        double radius = side / 2.0 / (2 * Math.tan(Math.toRadians(15)));
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double right = x - 100;
                double below = down * (y - 100);
                double lon = Math.toDegrees(Math.atan2(right, below));
                double lat = 90 - 2 * Math.toDegrees(Math.atan(Math.hypot(right, below) / radius / 2));
                picture.getRaster().setSample(x, y, 0, (int) Math.round(100 * lat + (lon + 360) % 360 / 10));
            }
        }
        Path file = folder.resolve("polar.png");
        ImageIO.write(picture, "png", file.toFile());
        Plane plane = new Plane(
                Optional.of(Projection.POLAR),
                OptionalDouble.of(centre),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(edge));
        try (BodyMapFile map = open(file, plane)) {
            TileSource source = map.sources().get(0);
            for (double lat : new double[] {65, 75, 89}) {
                for (double lon : new double[] {20, 110, 200, 290}) {
                    assertThat(valueAt(source, lon, Math.signum(edge) * lat))
                            .as(lon + " " + lat)
                            .isCloseTo(100 * lat + lon / 10, within(40.0));
                }
            }
            assertThat(valueAt(source, 20, Math.signum(edge) * 40)).isNaN();
            assertThat(source.hasData(new TileAddress(0, 5))).isFalse();
        }
    }

    /** The same map with little-endian numbers, a scale, a missing constant, longitudes to the west and other offsets. */
    @ParameterizedTest
    @CsvSource({
        // the standard counts offsets from the first pixel, others from 1, or with the other sign
        "44.5, 89.5",
        "45.5, 90.5",
        "-44.5, -89.5"
    })
    void labelsOfPdsAreObeyed(double lineOffset, double sampleOffset) throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(7 + 90 * (180 * 2 + 3)).order(ByteOrder.LITTLE_ENDIAN);
        numbers.position(7);
        for (int y = 0; y < 90; y++) {
            for (int x = 0; x < 180; x++) {
                numbers.putShort((short) (x == 10 ? 0x8001 : 100 * x + y));
            }
            numbers.position(numbers.position() + 3);
        }
        Files.write(folder.resolve("MAP.IMG"), numbers.array());
        Path label = Files.writeString(
                folder.resolve("map.lbl"), """
                PDS_VERSION_ID = PDS3 /* a comment */
                ^IMAGE = ("map.img", 8 <BYTES>)
                TARGET_NAME = "IO"
                OBJECT = IMAGE
                  LINES = 90
                  LINE_SAMPLES = 180
                  SAMPLE_TYPE = LSB_INTEGER
                  SAMPLE_BITS = 16
                  LINE_SUFFIX_BYTES = 3
                  SCALING_FACTOR = 0.5
                  OFFSET = 1000
                  MISSING_CONSTANT = -32767
                END_OBJECT = IMAGE
                OBJECT = IMAGE_MAP_PROJECTION
                  MAP_PROJECTION_TYPE = "SIMPLE CYLINDRICAL"
                  POSITIVE_LONGITUDE_DIRECTION = WEST
                  CENTER_LONGITUDE = 180 <DEG>
                  MAP_RESOLUTION = 0.5 <PIXEL/DEGREE>
                  MAXIMUM_LATITUDE = 90
                  WESTERNMOST_LONGITUDE = 360
                  LINE_PROJECTION_OFFSET = %s
                  SAMPLE_PROJECTION_OFFSET = %s
                  COORDINATE_SYSTEM_NAME = PLANETOCENTRIC
                END_OBJECT
                END
                \u0001\u0002 whatever follows
                """.formatted(lineOffset, sampleOffset), StandardCharsets.ISO_8859_1);
        try (BodyMapFile map = BodyMapFile.open(BodyMap.of(label), NEAREST, warnings)) {
            assertThat(map.body()).isEqualTo("io");
            // 61° east is 299° west, in column 30 from the left edge at 360° west
            assertThat(valueAt(map, 61, 45)).isCloseTo(1000 + 0.5 * (3000 + 22), within(0.51));
            assertThat(valueAt(map, 21, 45)).isNaN();
        }
        assertThat(warnings.all()).isEmpty();
    }

    /** What lies beyond the outline of the body, here -9999, is never seen, and no pixel of the body is without a value. */
    @ParameterizedTest
    @CsvSource({"BILINEAR", "NEAREST"})
    void whatLiesBesideASinusoidalMapIsNotOfTheBody(Method method) throws IOException {
        int height = 90;
        int width = 180;
        ByteBuffer numbers = ByteBuffer.allocate(2 * width * height);
        for (int y = 0; y < height; y++) {
            double half = 90 * Math.cos(Math.toRadians(90 - 2 * (y + 0.5)));
            for (int x = 0; x < width; x++) {
                numbers.putShort((short) (Math.abs(x + 0.5 - 90) <= half ? 5000 + y : -9999));
            }
        }
        Files.write(folder.resolve("map.img"), numbers.array());
        Path label = Files.writeString(folder.resolve("map.lbl"), """
                PDS_VERSION_ID = PDS3
                ^IMAGE = "map.img"
                TARGET_NAME = "VENUS"
                OBJECT = IMAGE
                  LINES = 90
                  LINE_SAMPLES = 180
                  SAMPLE_TYPE = MSB_INTEGER
                  SAMPLE_BITS = 16
                END_OBJECT = IMAGE
                OBJECT = IMAGE_MAP_PROJECTION
                  MAP_PROJECTION_TYPE = "SINUSOIDAL"
                  CENTER_LONGITUDE = 60
                  MAP_RESOLUTION = 0.5
                END_OBJECT
                END
                """);
        Tiles tiles = new Tiles(
                List.of(),
                OptionalInt.of(64),
                OptionalInt.of(1),
                new Resampling(Optional.empty(), Optional.of(method)),
                Optional.empty(),
                Optional.empty());
        try (BodyMapFile map = BodyMapFile.open(BodyMap.of(label), tiles, warnings)) {
            TileSource source = map.sources().get(0);
            HealpixGrid grid = HealpixGrid.ofOrder(source.pixelOrder());
            for (long pixel = 0; pixel < grid.pixelCount(); pixel++) {
                double line = (90 - grid.centre(pixel).latDegrees()) / 2 - 0.5;
                assertThat(source.value(pixel)).as("line %s", line).isCloseTo(5000 + line, within(1.1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SAMPLE_BITS                  = 16 | SAMPLE_BITS = 12 | SAMPLE_TYPE",
                "LINES                        = 720 | LINES = 72000 | truncated",
                "LINES                        = 720 | LINES = -1 | LINES of 1",
                "SIMPLE CYLINDRICAL | MERCATOR | MERCATOR",
                "\"MEGT90N000CB.IMG\" | \"../MEGT90N000CB.IMG\" | beside",
                "\"MEGT90N000CB.IMG\" | \"absent.img\" | no such file"
            })
    void whatCannotBeReadIsRefusedWithAReason(String text, String other, String reason) throws IOException {
        Path real = SharedData.require("planetary/megt90n000cb.lbl");
        String label = Files.readString(real);
        assertThat(label).contains(text);
        Files.copy(real.resolveSibling("megt90n000cb.img"), folder.resolve("megt90n000cb.img"));
        Path file = Files.writeString(folder.resolve("a.lbl"), label.replaceFirst("\\Q" + text + "\\E", other));
        assertThatThrownBy(() -> BodyMapFile.open(BodyMap.of(file), Tiles.USUAL, warnings)
                        .close())
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining(reason);
    }

    /** Carrington's map has the first column twice; half of it is blank. */
    @Test
    void aMapOfTheSunIsReadByItsHeader() throws IOException {
        Path file = SharedData.require("solar/heliographic_phase_map.fits.gz");
        try (BodyMapFile map = BodyMapFile.open(BodyMap.of(file), NEAREST, warnings)) {
            assertThat(map.body()).isEqualTo("sun");
            assertThat(map.type()).isEqualTo(PixelType.FLOAT32);
            TileSource source = map.sources().get(0);
            int values = 0;
            for (long pixel = 0; pixel < HealpixGrid.pixelCount(source.pixelOrder()); pixel += 97) {
                values += Double.isNaN(source.value(pixel)) ? 0 : 1;
            }
            double part = values * 97.0 / HealpixGrid.pixelCount(source.pixelOrder());
            assertThat(part).isBetween(0.4, 0.6);
            // pixels 1° wide, as astropy reads them
            assertThat(valueAt(source, 100, 20)).isCloseTo(0.026105, within(1e-6));
            assertThat(valueAt(source, 210, -30)).isCloseTo(0.044575, within(1e-6));
            assertThat(valueAt(source, 120, -5)).isCloseTo(-0.029455, within(1e-6));
            assertThat(valueAt(source, 260, 10)).isNaN();
        }
    }

    /** MOLA's map again, under a label of PDS4, its numbers in the other sequence and counted to the west. */
    @Test
    void labelsOfPds4AreObeyed() throws IOException {
        Path real = SharedData.require("planetary/megt90n000cb.img");
        ByteBuffer numbers = ByteBuffer.wrap(Files.readAllBytes(real));
        ByteBuffer swapped = ByteBuffer.allocate(100 + numbers.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        swapped.position(100);
        while (numbers.hasRemaining()) {
            swapped.putShort(numbers.getShort());
        }
        Files.write(folder.resolve("mola.img"), swapped.array());
        String xml = """
                <?xml version="1.0" encoding="UTF-8"?>
                <Product_Observational xmlns="http://pds.nasa.gov/pds4/pds/v1" xmlns:cart="http://pds.nasa.gov/pds4/cart/v1">
                  <Target_Identification><name>Mars</name></Target_Identification>
                  <cart:Cartography>
                    <cart:west_bounding_coordinate unit="deg">360</cart:west_bounding_coordinate>
                    <cart:east_bounding_coordinate unit="deg">0</cart:east_bounding_coordinate>
                    <cart:north_bounding_coordinate unit="deg">90</cart:north_bounding_coordinate>
                    <cart:south_bounding_coordinate unit="deg">-90</cart:south_bounding_coordinate>
                    <cart:map_projection_name>Equirectangular</cart:map_projection_name>
                    <cart:latitude_type>Planetocentric</cart:latitude_type>
                    <cart:longitude_direction>Positive West</cart:longitude_direction>
                  </cart:Cartography>
                  <File><file_name>mola.img</file_name></File>
                  <Array_2D_Map>
                    <offset unit="byte">100</offset>
                    <Element_Array><data_type>SignedLSB2</data_type><unit>m</unit></Element_Array>
                    <Axis_Array><axis_name>Line</axis_name><elements>720</elements><sequence_number>1</sequence_number></Axis_Array>
                    <Axis_Array><axis_name>Sample</axis_name><elements>1440</elements><sequence_number>2</sequence_number></Axis_Array>
                  </Array_2D_Map>
                </Product_Observational>
                """;
        Path label = Files.writeString(folder.resolve("mola.xml"), xml);
        assertThat(BodyMapFile.isLabel(label)).isTrue();
        try (BodyMapFile map = BodyMapFile.open(BodyMap.of(label), NEAREST, warnings)) {
            assertThat(map.body()).isEqualTo("mars");
            assertThat(valueAt(map, 226.875, 17.375)).isEqualTo(21134);
            assertThat(valueAt(map, 62.125, -32.875)).isEqualTo(-8068);
        }
        Path evil = Files.writeString(
                folder.resolve("evil.xml"),
                xml.replace("?>", "?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>")
                        .replace(">Mars<", ">&e;<"));
        assertThatThrownBy(() -> BodyMapFile.open(BodyMap.of(evil), NEAREST, warnings))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("DOCTYPE");
        Path elsewhere = Files.writeString(folder.resolve("elsewhere.xml"), xml.replace("mola.img", "../mola.img"));
        assertThatThrownBy(() -> BodyMapFile.open(BodyMap.of(elsewhere), NEAREST, warnings))
                .hasMessageContaining("beside the label");
    }

    @ParameterizedTest
    @CsvSource({"aia_171_level1.fits", "resampled_hmi.fits"})
    void viewsOfTheSunFromSomewhereAreRefused(String name) {
        Path file = SharedData.require("solar/" + name);
        assertThatThrownBy(() -> open(file, Plane.AS_LABELLED))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("helioprojective")
                .hasMessageContaining(name);
    }

    @Test
    void imagesOfTheSkyAreNoMapsOfBodies() throws IOException {
        Path file = TestImage.around(10, 20, 0.1, 10, (x, y) -> 1).write(folder.resolve("sky.fits"));
        assertThatThrownBy(() -> open(file, Plane.AS_LABELLED)).hasMessageContaining("of the sky");
    }

    @Test
    void colourPicturesKeepTheirColours() throws IOException {
        BufferedImage picture = new BufferedImage(200, 100, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 200; x++) {
                picture.setRGB(x, y, y < 50 ? 0xff204060 : 0);
            }
        }
        Path file = folder.resolve("colour.png");
        ImageIO.write(picture, "png", file.toFile());
        try (BodyMapFile map = open(file, Plane.AS_LABELLED)) {
            assertThat(map.isColour()).isTrue();
            List<TileSource> bands = map.sources();
            assertThat(bands).hasSize(3);
            assertThat(valueAt(bands.get(0), 123, 45)).isEqualTo(0x20);
            assertThat(valueAt(bands.get(1), 123, 45)).isEqualTo(0x40);
            assertThat(valueAt(bands.get(2), 123, 45)).isEqualTo(0x60);
            assertThat(valueAt(bands.get(0), 123, -45)).isNaN();
        }
    }

    @Test
    void theMoonsPictureIsInColours() throws IOException {
        try (BodyMapFile map = open(SharedData.require("planetary/celestia_moon.jpg"), Plane.AS_LABELLED)) {
            assertThat(map.isColour()).isTrue();
            // Mare Crisium at 59° east is dark, the highlands south of it are bright
            TileSource red = map.sources().get(0);
            assertThat(valueAt(red, 59, 17)).isLessThan(valueAt(red, 30, -40) - 20);
        }
    }

    /** What is unpacked lies in a folder with a lock, so that the next process clears away what a killed one left. */
    @Test
    void nothingOfItStaysBehind() throws IOException {
        Set<Path> before = unpacked();
        Path file = Files.writeString(folder.resolve("bad.png"), "not at all");
        assertThatThrownBy(() -> open(file, Plane.AS_LABELLED)).hasMessageContaining("picture");
        assertThat(unpacked()).isEqualTo(before);
        Set<Path> ours;
        try (BodyMapFile map = open(grey(), Plane.AS_LABELLED)) {
            assertThat(map.isColour()).isFalse();
            ours = unpacked();
            ours.removeAll(before);
            assertThat(ours).hasSize(1).allMatch(place -> Files.exists(place.resolve("lock")));
        }
        assertThat(ours).noneMatch(Files::exists);
    }

    private static Set<Path> unpacked() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(place -> Files.exists(place.resolve("plain.pixels")))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }
}
