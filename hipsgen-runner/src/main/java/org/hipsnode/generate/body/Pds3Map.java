package org.hipsnode.generate.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.survey.SurveyDefinition.BodyMap;

/** Reads where the image of a PDS3 label is and what its numbers are (PDS Standards Reference 3.8, appendices A.20 and C). */
final class Pds3Map {
    /** How labels begin, behind what archives put before them. */
    static final String START = "PDS_VERSION_ID";

    /** ("FILE.IMG", 3), ("FILE.IMG", 3 <BYTES>), FILE.IMG, 3 or 3 <BYTES>. */
    private static final Pattern POINTER = Pattern.compile(
            "\\(?\\s*(?:\"?([^\"(),<>]*[A-Za-z_][^\"(),<>]*)\"?)?\\s*,?\\s*(\\d{1,15})?\\s*(<\\s*BYTES\\s*>)?\\s*\\)?");

    private static final List<String> BLANKS = List.of(
            "MISSING_CONSTANT",
            "INVALID_CONSTANT",
            "MISSING",
            "CORE_NULL",
            "CORE_LOW_INSTR_SATURATION",
            "CORE_LOW_REPR_SATURATION",
            "CORE_HIGH_INSTR_SATURATION",
            "CORE_HIGH_REPR_SATURATION");

    private static final int MAX_BANDS = 1000;

    private final BodyMap map;
    private final Warnings warnings;
    private final String name;
    private final PdsLabel label;
    private final PdsLabel image;

    /** Where an image starts. */
    private record Start(Path file, long offset) {}

    private Pds3Map(BodyMap map, PdsLabel label, Warnings warnings) throws IOException {
        this.map = map;
        this.warnings = warnings;
        this.name = map.map().toString();
        this.label = label;
        this.image = label.object("IMAGE")
                .orElseThrow(() -> MalformedDataException.expected(map.map().toString(), "an object IMAGE", "none"));
    }

    /** Reads a label; it may stand before the data in one file. */
    static MapLabel read(BodyMap map, Warnings warnings) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(map.map())) {
            start = in.readNBytes(PdsLabel.MAX_BYTES);
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        PdsLabel label = PdsLabel.parse(
                text.substring(Math.max(0, text.indexOf(START))), map.map().toString());
        return new Pds3Map(map, label, warnings).read();
    }

    private MapLabel read() throws IOException {
        if (image.text("ENCODING_TYPE").isPresent()) {
            throw expected("numbers as they are", "ENCODING_TYPE = " + text("ENCODING_TYPE"));
        }
        int lines = count("LINES");
        int samples = count("LINE_SAMPLES");
        int bands = image.text("BANDS").isPresent() ? count("BANDS") : 1;
        SampleType type = type();
        boolean colour = bands == 3 && type == SampleType.UINT8;
        if (bands > 1 && !colour) {
            warnings.add("'" + name + "' has " + bands + " bands: the first is taken");
        }
        Start start = start();
        Raster raster = new Raster(
                samples,
                lines,
                colour ? 3 : 1,
                type,
                order(),
                steps(start.offset, samples, lines, bands, type),
                values(type));
        return new MapLabel(
                raster,
                start.file,
                () -> {},
                new Pds3Plane(map, label, warnings).of(samples, lines),
                new MapLabel.Facts(
                        label.text("TARGET_NAME"),
                        image.text("UNIT").orElse(""),
                        label.text("PRODUCT_CREATION_TIME"),
                        colour,
                        start.file.equals(map.map()) ? List.of(map.map()) : List.of(map.map(), start.file)));
    }

    private String text(String keyword) {
        return image.text(keyword).orElse("none");
    }

    private int count(String keyword) throws IOException {
        double number = image.number(keyword).orElse(0);
        int most = keyword.equals("BANDS") ? MAX_BANDS : Raster.MAX_SIDE;
        if (!(number >= 1 && number <= most) || number != Math.rint(number)) {
            throw expected(keyword + " of 1 to " + most, text(keyword));
        }
        return (int) number;
    }

    private String sampleType() {
        return text("SAMPLE_TYPE").toUpperCase(Locale.ROOT);
    }

    private SampleType type() throws IOException {
        String kind = sampleType();
        double bits = image.number("SAMPLE_BITS").orElse(0);
        boolean unsigned = kind.contains("UNSIGNED");
        if (kind.matches("((MSB|SUN|MAC|LSB|PC|VAX)_)?(UNSIGNED_)?INTEGER")) {
            if (bits == 8) {
                return unsigned ? SampleType.UINT8 : SampleType.INT8;
            } else if (bits == 16) {
                return unsigned ? SampleType.UINT16 : SampleType.INT16;
            } else if (bits == 32) {
                return unsigned ? SampleType.UINT32 : SampleType.INT32;
            }
        } else if (kind.matches("IEEE_REAL|REAL|FLOAT|MAC_REAL|SUN_REAL|PC_REAL") && (bits == 32 || bits == 64)) {
            return bits == 32 ? SampleType.FLOAT32 : SampleType.FLOAT64;
        }
        throw expected(
                "SAMPLE_TYPE of MSB_INTEGER, LSB_INTEGER, the same UNSIGNED, IEEE_REAL or PC_REAL, with SAMPLE_BITS "
                        + "of 8 to 64",
                kind + " with " + text("SAMPLE_BITS"));
    }

    private ByteOrder order() {
        return sampleType().matches("(LSB|PC|VAX)_.*") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private Raster.Steps steps(long offset, int samples, int lines, int bands, SampleType type) throws IOException {
        int prefix = extra("LINE_PREFIX_BYTES");
        long around = (long) prefix + extra("LINE_SUFFIX_BYTES");
        long row = (long) samples * type.bytes();
        long first = offset + prefix;
        String storage = bands == 1 ? "" : text("BAND_STORAGE_TYPE").toUpperCase(Locale.ROOT);
        Raster.Steps steps;
        if (storage.startsWith("LINE")) {
            steps = new Raster.Steps(first, (row + around) * bands, type.bytes(), row + around);
        } else if (storage.startsWith("SAMPLE")) {
            steps = new Raster.Steps(first, row * bands + around, (long) type.bytes() * bands, type.bytes());
        } else {
            steps = new Raster.Steps(first, row + around, type.bytes(), (row + around) * lines);
        }
        return text("LINE_DISPLAY_DIRECTION").equalsIgnoreCase("UP") ? steps.fromLast(lines) : steps;
    }

    private int extra(String keyword) throws IOException {
        double bytes = image.number(keyword).orElse(0);
        if (!(bytes >= 0 && bytes <= 1 << 20)) {
            throw expected(keyword + " of 0 to " + (1 << 20), text(keyword));
        }
        return (int) bytes;
    }

    private Raster.Values values(SampleType type) throws IOException {
        double scale = image.number("SCALING_FACTOR").orElse(1);
        double zero = image.number("OFFSET").orElse(0);
        if (scale == 0 || !Double.isFinite(scale + zero)) {
            throw expected("a SCALING_FACTOR other than 0, and an OFFSET", text("SCALING_FACTOR"));
        }
        Set<Double> blanks = new HashSet<>();
        for (String keyword : BLANKS) {
            blank(keyword, type).ifPresent(blanks::add);
        }
        map.blank().ifPresent(value -> blanks.add((value - zero) / scale));
        return new Raster.Values(scale, zero, blanks);
    }

    private OptionalDouble blank(String keyword, SampleType type) {
        Optional<String> bits = image.hexadecimal(keyword);
        boolean single = type == SampleType.FLOAT32;
        if (bits.isPresent() && (single || type == SampleType.FLOAT64)) {
            long number = Long.parseUnsignedLong(bits.get(), 16);
            return OptionalDouble.of(single ? Float.intBitsToFloat((int) number) : Double.longBitsToDouble(number));
        }
        OptionalDouble number = image.number(keyword);
        return single && number.isPresent() ? OptionalDouble.of((float) number.getAsDouble()) : number;
    }

    private Start start() throws IOException {
        String pointer = label.text("^IMAGE")
                .or(() -> label.object("UNCOMPRESSED_FILE").flatMap(within -> within.text("^IMAGE")))
                .orElseThrow(() -> expected("a pointer ^IMAGE", "none"));
        Matcher parts = POINTER.matcher(pointer);
        if (!parts.matches()) {
            throw expected("^IMAGE with a file, a record or both", pointer);
        }
        Path file = parts.group(1) == null
                ? map.map()
                : beside(map.map(), parts.group(1).strip());
        long place = parts.group(2) == null ? 1 : Long.parseLong(parts.group(2));
        boolean bytes = parts.group(3) != null || label.unit("^IMAGE").equals("BYTES");
        double record = bytes || place == 1 ? 1 : label.number("RECORD_BYTES").orElse(0);
        if (place < 1 || !(record >= 1 && record <= 1 << 30)) {
            throw expected("^IMAGE from 1 on, and RECORD_BYTES", pointer);
        }
        return new Start(file, (place - 1) * (long) record);
    }

    /** Finds the file that a label names, in the folder of the label and nowhere else, whatever the case of its letters. */
    static Path beside(Path label, String named) throws IOException {
        Path folder = label.toAbsolutePath().getParent();
        if (folder == null || !named.matches("[^/\\\\\\p{Cntrl}]{1,255}")) {
            throw MalformedDataException.expected(
                    label.toString(), "the name of a file beside the label", "'" + named + "'");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).equalsIgnoreCase(named))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> MalformedDataException.expected(
                            label.toString(), "the file '" + named + "' that it names, beside it", "no such file"));
        }
    }

    private MalformedDataException expected(String expected, String found) {
        return MalformedDataException.expected(name, expected, found);
    }
}
