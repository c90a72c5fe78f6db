package org.hipsnode.moc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.fits.BinaryTable;
import org.hipsnode.fits.FitsCards;
import org.hipsnode.fits.FitsFile;
import org.hipsnode.fits.FitsHdu;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.fits.PixelType;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.Gzip;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.sky.Frame;

/** The FITS form of a space MOC (MOC 2.0 §4.2.1; MOC 1.1 §2.3): one column of NUNIQ numbers or of ranges. */
public final class MocFits {
    /** The largest MOC file that is read: 64 million cells. */
    public static final int MAX_BYTES = 1 << 29;

    /** The order at which ranges of 16-bit and 32-bit numbers count, as cds-moc-rust writes them. */
    private static final int ORDER_OF_INT16_RANGES = 5;

    private static final int ORDER_OF_INT32_RANGES = 13;

    /** The last order whose NUNIQ numbers fit 31 bits. */
    private static final int LAST_INT32_NUNIQ_ORDER = 13;

    private MocFits() {}

    /** How the cells are written. */
    public enum Encoding {
        /** One number a cell: what every reader knows. */
        NUNIQ,
        /** Start and end of each range, at order 29. */
        RANGE
    }

    /**
     * A MOC as found in a file.
     *
     * @param coordsys the letter or word of COORDSYS, upper case; empty if absent
     */
    public record Content(Moc moc, Optional<String> coordsys) {
        private static final Map<String, Frame> FRAMES =
                Map.of("C", Frame.EQUATORIAL, "ICRS", Frame.EQUATORIAL, "G", Frame.GALACTIC, "E", Frame.ECLIPTIC);

        /** Returns the frame of the cells, ICRS if the file does not say; empty if what it says is none that we know. */
        public Optional<Frame> frame() {
            return Optional.ofNullable(FRAMES.get(coordsys.orElse("C").toUpperCase(Locale.ROOT)));
        }
    }

    /** Reads the first table of a FITS file. */
    public static Content read(byte[] file, String name) throws IOException {
        byte[] content = Gzip.isGzip(file) ? Gzip.unpack(file, MAX_BYTES, name) : file;
        List<FitsHdu> hdus = FitsFile.hdus(content, name);
        FitsHdu hdu = hdus.stream()
                .filter(FitsHdu::isTable)
                .findFirst()
                .orElseThrow(() -> MalformedDataException.expected(name, "a MOC: a binary table", "no table"));
        requireSpace(hdu);
        BinaryTable table = BinaryTable.of(hdu);
        BinaryTable.Column column = table.columns().stream()
                .findFirst()
                .orElseThrow(() -> MalformedDataException.expected(hdu.toString(), "a column of cells", "no column"));
        PixelType type = column.pixelType()
                .filter(t -> !t.isFloating())
                .orElseThrow(() -> MalformedDataException.expected(
                        hdu.toString(), "a column of integers (TFORM1 '1J' or '1K')", column.form() + ""));
        if (hdu.isTruncated()) {
            throw MalformedDataException.expected(
                    name, hdu.dataBytes() + " bytes of cells", "the end of the file: it is truncated");
        }
        long[] numbers = numbers(content, table, column, type);
        Moc moc = isRange(hdu.header(), column) ? ofRanges(numbers, type, hdu) : ofNuniq(numbers, hdu);
        return new Content(moc, hdu.header().text("COORDSYS").map(c -> c.toUpperCase(Locale.ROOT)));
    }

    private static void requireSpace(FitsHdu hdu) throws IOException {
        String dimension = hdu.header().text("MOCDIM").orElse("SPACE").toUpperCase(Locale.ROOT);
        String ordering = hdu.header().text("ORDERING").orElse("").toUpperCase(Locale.ROOT);
        if (!dimension.equals("SPACE") || ordering.equals("RANGE29") || ordering.equals("RANGE61")) {
            throw MalformedDataException.expected(
                    hdu.toString(), "a space MOC (MOCDIM = 'SPACE')", "MOCDIM = '" + dimension + "'");
        }
    }

    private static long[] numbers(byte[] content, BinaryTable table, BinaryTable.Column column, PixelType type) {
        // the data of a table that is not truncated lie in the array, so the product is small
        long[] numbers = new long[(int) (table.rows() * column.repeat())];
        int count = 0;
        for (long row = 0; row < table.rows(); row++) {
            int position = (int) table.position(row, column);
            byte[] cells = Arrays.copyOfRange(content, position, position + (int) column.repeat() * type.bytes());
            for (int i = 0; i < column.repeat(); i++) {
                numbers[count++] = type.getLong(cells, i);
            }
        }
        return numbers;
    }

    private static boolean isRange(FitsHeader header, BinaryTable.Column column) {
        String ordering = header.text("ORDERING").or(column::name).orElse("");
        return ordering.toUpperCase(Locale.ROOT).startsWith("RANGE");
    }

    private static int declaredOrder(FitsHdu hdu) throws IOException {
        FitsHeader header = hdu.header();
        long order = header.integer("MOCORD_S", header.integer("MOCORDER", header.integer("HPXMOC", -1)));
        if (order < -1 || order > HealpixGrid.MAX_ORDER) {
            throw MalformedDataException.expected(hdu.toString(), "a MOC order of 0 to 29", Long.toString(order));
        }
        return (int) order;
    }

    private static Moc ofRanges(long[] numbers, PixelType type, FitsHdu hdu) throws IOException {
        int rangeOrder = switch (type) {
            case INT16 -> ORDER_OF_INT16_RANGES;
            case INT32 -> ORDER_OF_INT32_RANGES;
            default -> HealpixGrid.MAX_ORDER;
        };
        int declared = declaredOrder(hdu);
        long count = HealpixGrid.pixelCount(rangeOrder);
        Moc.Builder builder = new Moc.Builder(declared < 0 ? rangeOrder : declared);
        if (numbers.length % 2 != 0) {
            throw MalformedDataException.expected(hdu.toString(), "pairs of range bounds", numbers.length + " numbers");
        }
        for (int i = 0; i < numbers.length; i += 2) {
            if (numbers[i] < 0 || numbers[i] > numbers[i + 1] || numbers[i + 1] > count) {
                throw MalformedDataException.expected(
                        hdu + " range " + (i / 2 + 1), "bounds in 0 to " + count, numbers[i] + " to " + numbers[i + 1]);
            }
            builder.addRange(numbers[i] << Moc.shift(rangeOrder), numbers[i + 1] << Moc.shift(rangeOrder));
        }
        return builder.build();
    }

    private static Moc ofNuniq(long[] numbers, FitsHdu hdu) throws IOException {
        int deepest = Math.max(0, declaredOrder(hdu));
        Moc.Builder builder = new Moc.Builder(HealpixGrid.MAX_ORDER);
        for (int i = 0; i < numbers.length; i++) {
            if (!Nuniq.isValid(numbers[i])) {
                throw MalformedDataException.expected(
                        hdu + " cell " + (i + 1), "a NUNIQ number of orders 0 to 29", Long.toString(numbers[i]));
            }
            deepest = Math.max(deepest, Nuniq.order(numbers[i]));
            builder.add(Nuniq.order(numbers[i]), Nuniq.index(numbers[i]));
        }
        return builder.build().degraded(deepest);
    }

    /**
     * Returns the file of a MOC.
     *
     * @param coordsys the letter of the frame: C, G or E; the standard knows only C, but a survey's own frame is what
     *     viewers take its coverage in
     */
    public static byte[] write(Moc moc, char coordsys, Encoding encoding) {
        long[] numbers = encoding == Encoding.NUNIQ ? nuniq(moc) : ranges(moc);
        boolean narrow = encoding == Encoding.NUNIQ && moc.order() <= LAST_INT32_NUNIQ_ORDER;
        int bytes = narrow ? 4 : 8;
        byte[] primary = new FitsCards()
                .add("SIMPLE", true, "")
                .add("BITPIX", 8, "")
                .add("NAXIS", 0, "")
                .add("EXTEND", true, "")
                .bytes();
        byte[] header = header(moc, coordsys, encoding, numbers.length, bytes);
        int dataLength = numbers.length * bytes;
        int fill = (FitsHeader.BLOCK - dataLength % FitsHeader.BLOCK) % FitsHeader.BLOCK;
        ByteBuffer file = ByteBuffer.allocate(primary.length + header.length + dataLength + fill);
        file.put(primary).put(header);
        for (long number : numbers) {
            if (narrow) {
                file.putInt((int) number);
            } else {
                file.putLong(number);
            }
        }
        return file.array();
    }

    private static byte[] header(Moc moc, char coordsys, Encoding encoding, int rows, int bytes) {
        return new FitsCards()
                .add("XTENSION", "BINTABLE", "")
                .add("BITPIX", 8, "")
                .add("NAXIS", 2, "")
                .add("NAXIS1", bytes, "")
                .add("NAXIS2", rows, "")
                .add("PCOUNT", 0, "")
                .add("GCOUNT", 1, "")
                .add("TFIELDS", 1, "")
                .add("TFORM1", bytes == 4 ? "1J" : "1K", "")
                .add("TTYPE1", encoding == Encoding.NUNIQ ? "UNIQ" : "RANGE", "")
                .add("MOCVERS", "2.0", "MOC version")
                .add("MOCDIM", "SPACE", "Physical dimension")
                .add("ORDERING", encoding.name(), "Coding of the cells")
                .add("COORDSYS", String.valueOf(coordsys), "Frame: C = ICRS, G = galactic, E = ecliptic")
                .add("MOCORD_S", moc.order(), "MOC order")
                .add("MOCORDER", moc.order(), "MOC order, for readers of MOC 1.1")
                .add("PIXTYPE", "HEALPIX", "")
                .add("MOCTOOL", "hipsnode", "")
                .bytes();
    }

    private static long[] nuniq(Moc moc) {
        List<Long> numbers = new java.util.ArrayList<>();
        moc.forEachCell((order, index) -> numbers.add(Nuniq.of(order, index)));
        return numbers.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static long[] ranges(Moc moc) {
        long[] numbers = new long[2 * moc.rangeCount()];
        int[] count = {0};
        moc.forEachRange((first, end) -> {
            numbers[count[0]++] = first;
            numbers[count[0]++] = end;
        });
        return numbers;
    }
}
