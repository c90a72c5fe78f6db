package org.hipsnode.fits;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import nom.tam.fits.utilities.FitsCheckSum;
import org.hipsnode.io.Gzip;
import org.hipsnode.io.MalformedDataException;

/**
 * A two-dimensional image: the tiles and Allsky files of a survey.
 *
 * <p>Reading accepts what is found in the world: gzip data in a {@code .fits} file, missing padding, five cards and no WCS,
 * and trimmed tiles in both dialects (TRIMn with ONAXISn, XTRIM and YTRIM with ZNAXISn), which are filled up again.
 */
public final class FitsImage {
    /** Far more than any tile has: 5,792 × 5,792 doubles. */
    private static final int MAX_BYTES = 1 << 28;

    private static final int MAX_SIDE = 1 << 15;

    private static final int SUMMED_AT_ONCE = 1024;

    private static final String CHECKSUM_PLACEHOLDER = "0000000000000000";

    private final FitsHeader header;
    private final int width;
    private final int height;
    private final PixelFormat format;
    private final byte[] data;
    private final boolean gzipped;
    private final boolean trimmed;

    private FitsImage(
            FitsHeader header,
            int width,
            int height,
            PixelFormat format,
            byte[] data,
            boolean gzipped,
            boolean trimmed) {
        this.header = header;
        this.width = width;
        this.height = height;
        this.format = format;
        this.data = data;
        this.gzipped = gzipped;
        this.trimmed = trimmed;
    }

    /** Reads an image from the bytes of its file. */
    public static FitsImage parse(byte[] file, String name) throws IOException {
        boolean gzipped = Gzip.isGzip(file);
        byte[] content = gzipped ? Gzip.unpack(file, MAX_BYTES, name) : file;
        List<FitsHdu> hdus = FitsFile.hdus(content, name);
        FitsHdu hdu = hdus.get(0);
        FitsHeader header = hdu.header();
        if (header.integer("NAXIS", 0) < 2) {
            boolean compressed = hdus.stream().anyMatch(h -> h.header().has("ZIMAGE"));
            throw MalformedDataException.expected(
                    name,
                    "a two-dimensional image in the primary HDU",
                    compressed ? "a compressed image in an extension" : "NAXIS = " + header.integer("NAXIS", 0));
        }
        PixelType type = PixelType.ofBitpix(header.integer("BITPIX", 0))
                .orElseThrow(() -> MalformedDataException.expected(
                        name,
                        "BITPIX of 8, 16, 32, 64, -32 or -64",
                        header.text("BITPIX").orElse("none")));
        if (hdu.isTruncated()) {
            throw MalformedDataException.expected(
                    name,
                    hdu.dataBytes() + " bytes of data",
                    (hdu.fileBytes() - hdu.dataOffset()) + " bytes: the file is truncated");
        }
        int width = side(header, 1, name);
        int height = side(header, 2, name);
        long bytes = (long) width * height * type.bytes();
        if (bytes > hdu.dataBytes()) {
            throw MalformedDataException.expected(name, bytes + " bytes of pixels", hdu.dataBytes() + " bytes of data");
        }
        int start = (int) hdu.dataOffset();
        byte[] data = Arrays.copyOfRange(content, start, start + (int) bytes);
        FitsImage stored = new FitsImage(header, width, height, format(header, type, name), data, gzipped, false);
        return stored.isStoredTrimmed() ? stored.filledUp(name) : stored;
    }

    /**
     * Tells whether an image's DATASUM and CHECKSUM cards, where it has them, belong to its bytes (FITS 4.0 §4.4.2.7).
     *
     * @param file the bytes of its file
     */
    public static boolean sumsAgree(byte[] file, String name) throws IOException {
        byte[] content = Gzip.isGzip(file) ? Gzip.unpack(file, MAX_BYTES, name) : file;
        return FitsSums.agree(
                ByteBuffer.wrap(content), FitsFile.hdus(content, name).subList(0, 1));
    }

    private static int side(FitsHeader header, int axis, String name) throws IOException {
        long side = header.integer("NAXIS" + axis, 0);
        if (side < 1 || side > MAX_SIDE) {
            throw MalformedDataException.expected(name, "NAXIS" + axis + " of 1 to " + MAX_SIDE, Long.toString(side));
        }
        return (int) side;
    }

    private static PixelFormat format(FitsHeader header, PixelType type, String name) throws IOException {
        Long blank = type.isFloating() || header.integer("BLANK").isEmpty()
                ? null
                : (Long) header.integer("BLANK").getAsLong();
        try {
            return new PixelFormat(type, header.number("BSCALE", 1), header.number("BZERO", 0), blank);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("'" + name + "': " + e.getMessage(), e);
        }
    }

    private boolean isStoredTrimmed() {
        return fullSize(1) != width || fullSize(2) != height;
    }

    private long fullSize(int axis) {
        long stored = header.integer("NAXIS" + axis, 0);
        return header.integer("ONAXIS" + axis, header.integer("ZNAXIS" + axis, stored));
    }

    private FitsImage filledUp(String name) throws IOException {
        long fullWidth = fullSize(1);
        long fullHeight = fullSize(2);
        long left = header.integer("TRIM1", header.integer("XTRIM", 0));
        long bottom = header.integer("TRIM2", header.integer("YTRIM", 0));
        boolean fits = left >= 0
                && bottom >= 0
                && fullWidth <= MAX_SIDE
                && fullHeight <= MAX_SIDE
                && left + width <= fullWidth
                && bottom + height <= fullHeight;
        if (!fits || fullWidth * fullHeight * format.type().bytes() > MAX_BYTES) {
            throw MalformedDataException.expected(
                    name,
                    "a trimmed image inside its full size",
                    width + "×" + height + " at " + left + "," + bottom + " in " + fullWidth + "×" + fullHeight);
        }
        int bytes = format.type().bytes();
        byte[] full = new byte[(int) (fullWidth * fullHeight) * bytes];
        fillBlank(full);
        for (int row = 0; row < height; row++) {
            int target = (int) ((bottom + row) * fullWidth + left) * bytes;
            System.arraycopy(data, row * width * bytes, full, target, width * bytes);
        }
        return new FitsImage(header, (int) fullWidth, (int) fullHeight, format, full, gzipped, true);
    }

    private void fillBlank(byte[] full) {
        if (format.hasBlank()) {
            format.fillBlank(full, 0, full.length / format.type().bytes());
        }
    }

    public FitsHeader header() {
        return header;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public PixelFormat format() {
        return format;
    }

    /** Tells whether the file was gzip data, which HiPS 1.0 deprecates. */
    public boolean gzipped() {
        return gzipped;
    }

    public boolean trimmed() {
        return trimmed;
    }

    /** Returns the physical value of a pixel, the bottom row being 0; NaN if it is blank. */
    public double physical(int row, int column) {
        return format.physical(data, row * width + column);
    }

    /** Returns the pixels as stored, big-endian, bottom row first: the image's own array, not to be changed. */
    public byte[] data() {
        return data;
    }

    /**
     * Returns the file of an image, with DATASUM and CHECKSUM (FITS 4.0 §4.4.2.7 and appendix J).
     *
     * @param data pixels, big-endian, bottom row first
     * @param more cards to add after those that describe the array
     */
    public static byte[] encode(int width, int height, PixelFormat format, byte[] data, CardWriter more) {
        byte[][] pieces = pieces(width, height, format, data, more);
        byte[] file = Arrays.copyOf(pieces[0], pieces[0].length + data.length + pieces[2].length);
        System.arraycopy(data, 0, file, pieces[0].length, data.length);
        return file;
    }

    /** Returns the file of an image as {@link #encode} does, in pieces: header, the data themselves, and what fills up the last block. */
    static byte[][] pieces(int width, int height, PixelFormat format, byte[] data, CardWriter more) {
        long dataSum = sum(data);
        byte[] header = header(width, height, format, more, dataSum, CHECKSUM_PLACEHOLDER);
        long sum = FitsCheckSum.sumOf(sum(header), dataSum);
        String checksum = FitsCheckSum.encode(sum, true);
        putChecksum(header, checksum);
        return new byte[][] {header, data, new byte[(int) FitsFile.padded(data.length) - data.length]};
    }

    /** Returns the ones' complement sum of data, filled up with zeros to whole words of four bytes (FITS 4.0 appendix J.1). */
    static long sum(byte[] data) {
        byte[] whole = data.length % Integer.BYTES == 0
                ? data
                : Arrays.copyOf(data, data.length + Integer.BYTES - data.length % Integer.BYTES);
        return sumOfWords(ByteBuffer.wrap(whole));
    }

    /** Returns the ones' complement sum of whole words of four bytes. */
    static long sumOfWords(ByteBuffer data) {
        IntBuffer words = data.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int[] swapped = new int[SUMMED_AT_ONCE];
        long sum = 0;
        while (words.hasRemaining()) {
            int count = Math.min(swapped.length, words.remaining());
            words.get(swapped, 0, count);
            sum += sum(swapped, count);
        }
        while (sum >>> Integer.SIZE != 0) {
            sum = (sum & 0xffffffffL) + (sum >>> Integer.SIZE);
        }
        return sum;
    }

    private static long sum(int[] swapped, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Integer.reverseBytes(swapped[i]) & 0xffffffffL;
        }
        return sum;
    }

    /** Adds cards to a header. */
    @FunctionalInterface
    public interface CardWriter {
        void addTo(FitsCards cards);
    }

    private static byte[] header(
            int width, int height, PixelFormat format, CardWriter more, long dataSum, String checksum) {
        FitsCards cards = new FitsCards()
                .add("SIMPLE", true, "")
                .add("BITPIX", format.type().bitpix(), "")
                .add("NAXIS", 2, "")
                .add("NAXIS1", width, "")
                .add("NAXIS2", height, "");
        if (format.scale() != 1 || format.zero() != 0) {
            cards.add("BSCALE", format.scale(), "").add("BZERO", format.zero(), "");
        }
        if (format.blank() != null) {
            cards.add("BLANK", format.blank(), "");
        }
        more.addTo(cards);
        return cards.add("DATASUM", Long.toString(dataSum), "")
                .add("CHECKSUM", checksum, "")
                .bytes();
    }

    private static void putChecksum(byte[] header, String checksum) {
        byte[] placeholder = ("CHECKSUM= '" + CHECKSUM_PLACEHOLDER).getBytes(StandardCharsets.US_ASCII);
        for (int card = 0; card < header.length; card += FitsHeader.CARD) {
            if (Arrays.equals(header, card, card + placeholder.length, placeholder, 0, placeholder.length)) {
                byte[] value = checksum.getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(value, 0, header, card + 11, value.length);
                return;
            }
        }
        throw new IllegalStateException("the header has no CHECKSUM card");
    }
}
