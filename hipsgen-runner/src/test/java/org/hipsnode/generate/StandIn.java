package org.hipsnode.generate;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.hipsnode.fits.FitsCards;
import org.hipsnode.survey.SurveyDefinition.Images;

/** Small files in the shape of an archive's, for tests: the same HDUs, columns, units, ordering and coordinates. */
public final class StandIn {
    private static final int NSIDE = 16;
    private static final int BLOCK = 2880;

    private StandIn() {}

    /** A HEALPix map: its ordering, and the columns of its table, all of one unit. */
    public record Shape(String ordering, String unit, String columns) {
        /** Writes a map of the shape; Q and U as the CMB's maps of Planck have them, in HEALPix's sense. */
        public void write(Path file) throws IOException {
            TestMap map = TestMap.wholeSky(NSIDE, ordering).card("COORDSYS", "GALACTIC");
            String[] names = columns.split(" ");
            for (int i = 0; i < names.length; i++) {
                int column = i;
                map.column(names[i], 'E', 1, pixel -> Math.sin(pixel * 0.01 + column) * 1e-3 + column);
                if (!unit.isEmpty()) {
                    map.card("TUNIT" + (i + 1), unit);
                }
            }
            Files.createDirectories(file.resolveSibling("."));
            if (!file.toString().endsWith(".gz")) {
                map.write(file);
                return;
            }
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (java.util.zip.GZIPOutputStream out = new java.util.zip.GZIPOutputStream(packed)) {
                out.write(map.bytes());
            }
            Files.write(file, packed.toByteArray());
        }
    }

    public static Shape nested(String unit, String columns) {
        return new Shape("NESTED", unit, columns);
    }

    public static Shape ring(String unit, String columns) {
        return new Shape("RING", unit, columns);
    }

    /** Writes what a collection asks for: a file with the extensions that it names, or a cube if it takes a plane. */
    public static void ofImages(Images images) throws IOException {
        Path place = images.places().get(0);
        if (images.plane().isPresent()) {
            Files.createDirectories(place.resolveSibling("."));
            Files.write(place, image("", Map.of("CTYPE1", "GLON-CAR", "CTYPE2", "GLAT-CAR"), 72, 36, 28, 5));
            return;
        }
        Files.createDirectories(place);
        Map<String, Object> sky = Map.of("CTYPE1", "RA---TAN", "CTYPE2", "DEC--TAN");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Optional<String> name = images.hdus();
        if (name.isEmpty()) {
            file.write(image("", sky, 8, 8, 1, 4));
        } else {
            file.write(new FitsCards()
                    .add("SIMPLE", true, "")
                    .add("BITPIX", 32, "")
                    .add("NAXIS", 0, "")
                    .bytes());
            file.write(image(name.get(), sky, 8, 8, 1, 4));
            file.write(image("error", sky, 8, 8, 1, 4));
            file.write(image("coverage", sky, 8, 8, 1, 4));
        }
        Files.write(place.resolve("a.fits"), file.toByteArray());
    }

    /** Writes a map of a body by the ending of its name: a label with its data, a TIFF, or FITS of the Sun. */
    public static void ofBody(Path place) throws IOException {
        Files.createDirectories(place.resolveSibling("."));
        String name = String.valueOf(place.getFileName());
        if (name.endsWith(".lbl")) {
            writePds3(place, name.replace(".lbl", ".img"));
        } else if (name.endsWith(".tif")) {
            int kind = name.contains("color") ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_USHORT_GRAY;
            BufferedImage picture = new BufferedImage(72, 36, kind);
            for (int i = 0; i < 72 * 36; i++) {
                picture.setRGB(i % 72, i / 72, 0x010203 * (i % 80));
            }
            if (!ImageIO.write(picture, "tiff", place.toFile())) {
                throw new IOException("no writer of TIFF");
            }
        } else {
            boolean sines = name.startsWith("hmi.");
            Map<String, Object> cards = new LinkedHashMap<>();
            cards.put("CTYPE1", sines ? "CRLN-CEA" : "CRLN-CAR");
            cards.put("CTYPE2", sines ? "CRLT-CEA" : "CRLT-CAR");
            if (sines) {
                cards.put("CUNIT1", "Degree");
                cards.put("CUNIT2", "Sine Latitude");
                cards.put("CRVAL1", 2190 * 360.0 + 180);
                cards.put("CDELT2", 2.0 / 36);
            }
            Files.write(place, image("", cards, 72, 36, 1, 5));
        }
    }

    private static void writePds3(Path label, String data) throws IOException {
        Files.writeString(
                label,
                """
                PDS_VERSION_ID = PDS3
                RECORD_TYPE = FIXED_LENGTH
                FILE_RECORDS = 36
                RECORD_BYTES = 144
                ^IMAGE = "%s"
                TARGET_NAME = %s
                OBJECT = IMAGE
                 LINES = 36
                 LINE_SAMPLES = 72
                 SAMPLE_TYPE = %s
                 SAMPLE_BITS = 16
                 UNIT = METER
                END_OBJECT = IMAGE
                OBJECT = IMAGE_MAP_PROJECTION
                 MAP_PROJECTION_TYPE = "SIMPLE CYLINDRICAL"
                 A_AXIS_RADIUS = 3396.0 <KM>
                 B_AXIS_RADIUS = 3396.0 <KM>
                 C_AXIS_RADIUS = 3396.0 <KM>
                 POSITIVE_LONGITUDE_DIRECTION = "EAST"
                 CENTER_LATITUDE = 0.0 <DEGREE>
                 CENTER_LONGITUDE = 180.0 <DEGREE>
                 LINE_FIRST_PIXEL = 1
                 LINE_LAST_PIXEL = 36
                 SAMPLE_FIRST_PIXEL = 1
                 SAMPLE_LAST_PIXEL = 72
                 MAP_PROJECTION_ROTATION = 0.0
                 MAP_RESOLUTION = 0.2 <PIXEL/DEGREE>
                 MAXIMUM_LATITUDE = 90.0 <DEGREE>
                 MINIMUM_LATITUDE = -90.0 <DEGREE>
                 WESTERNMOST_LONGITUDE = 0.0 <DEGREE>
                 EASTERNMOST_LONGITUDE = 360.0 <DEGREE>
                 LINE_PROJECTION_OFFSET = 18.5
                 SAMPLE_PROJECTION_OFFSET = 36.5
                END_OBJECT = IMAGE_MAP_PROJECTION
                END
                """.formatted(
                                data.toUpperCase(java.util.Locale.ROOT),
                                data.startsWith("ldem") ? "MOON" : "MARS",
                                data.startsWith("ldem") ? "LSB_INTEGER" : "MSB_INTEGER"),
                StandardCharsets.US_ASCII);
        ByteBuffer values = ByteBuffer.allocate(2 * 72 * 36);
        for (int i = 0; i < 72 * 36; i++) {
            values.putShort((short) (i % 100 * 100));
        }
        Files.write(label.resolveSibling(data), values.array());
    }

    /** An HDU of 32-bit numbers, the first one if it has no name; its middle lies at 0, 0 if nothing else is said. */
    private static byte[] image(
            String name, Map<String, Object> given, int width, int height, int planes, double scale) {
        FitsCards header = new FitsCards();
        if (name.isEmpty()) {
            header.add("SIMPLE", true, "");
        } else {
            header.add("XTENSION", "IMAGE", "");
        }
        header.add("BITPIX", -32, "").add("NAXIS", planes > 1 ? 3 : 2, "");
        header.add("NAXIS1", width, "").add("NAXIS2", height, "");
        if (planes > 1) {
            header.add("NAXIS3", planes, "");
        }
        if (!name.isEmpty()) {
            header.add("PCOUNT", 0, "").add("GCOUNT", 1, "").add("EXTNAME", name, "");
        }
        Map<String, Object> cards = new LinkedHashMap<>();
        cards.put("CRPIX1", (width + 1) / 2.0);
        cards.put("CRPIX2", (height + 1) / 2.0);
        cards.put("CRVAL1", 0.0);
        cards.put("CRVAL2", 0.0);
        cards.put("CDELT1", -scale);
        cards.put("CDELT2", scale);
        cards.putAll(given);
        cards.forEach((key, value) -> {
            if (value instanceof String text) {
                header.add(key, text, "");
            } else {
                header.add(key, ((Number) value).doubleValue(), "");
            }
        });
        byte[] head = header.bytes();
        int bytes = 4 * width * height * planes;
        ByteBuffer file = ByteBuffer.allocate(head.length + (bytes + BLOCK - 1) / BLOCK * BLOCK)
                .put(head);
        for (int i = 0; i < width * height * planes; i++) {
            file.putFloat(1 + i % 17);
        }
        return file.array();
    }
}
