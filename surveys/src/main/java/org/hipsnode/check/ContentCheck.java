package org.hipsnode.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.hipsnode.fits.FitsFile;
import org.hipsnode.fits.FitsHdu;
import org.hipsnode.fits.FitsSums;
import org.hipsnode.io.Gzip;
import org.hipsnode.io.MalformedDataException;

/**
 * Tells whether a fetched file is, from its first to its last byte, of the kind that its name says; a login page is not.
 *
 * <p>Pictures are not unpacked, so that none can unpack to more than there is memory: PNG proves each chunk by its own check
 * code, JPEG and WebP say where they end. FITS files must be as long as their headers say, and sum up to what those say.
 */
public final class ContentCheck {
    private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int PNG_END = 0x49454e44;
    private static final int PIECE = 1 << 16;

    private final String name;
    private final ByteBuffer bytes;
    private final Opening opening;

    /** Opens the same bytes as a stream. */
    private interface Opening {
        InputStream open() throws IOException;
    }

    private ContentCheck(String name, ByteBuffer bytes, Opening opening) {
        this.name = name;
        this.bytes = bytes;
        this.opening = opening;
    }

    /**
     * Refuses a file that is not what its name says.
     *
     * @param limit the most bytes that a file packed inside may have
     * @throws MalformedDataException if it is not
     */
    public static void require(String name, Path file, long limit) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            new ContentCheck(name, bytes, () -> Files.newInputStream(file)).require(limit);
        }
    }

    /**
     * Refuses a file in memory that is not what its name says.
     *
     * @param length how many bytes of the array are the file's
     */
    public static void require(String name, byte[] content, int length, long limit) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content, 0, length).slice();
        new ContentCheck(name, bytes, () -> new ByteArrayInputStream(content, 0, length)).require(limit);
    }

    private void require(long limit) throws IOException {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        switch (extension) {
            case "fits" -> requireFits(limit);
            case "png" -> requirePng();
            case "jpg" -> requireJpeg();
            case "webp" -> requireWebp();
            case "html" -> {} // a survey's own page
            default -> requireText();
        }
    }

    private MalformedDataException wrong(String expected, String found) {
        return MalformedDataException.expected(name, expected, found);
    }

    private String start() {
        byte[] start = new byte[Math.min(512, bytes.limit())];
        bytes.get(0, start);
        return new String(start, StandardCharsets.ISO_8859_1);
    }

    private MalformedDataException wrongKind(String expected) {
        return wrong(expected, isHtml() ? "a web page" : "something else");
    }

    private boolean isHtml() {
        String start = start().replaceFirst("^[\\s\u00ef\u00bb\u00bf]+", "").toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<head");
    }

    private void requireFits(long limit) throws IOException {
        if (bytes.limit() >= 2 && Gzip.isGzip(new byte[] {bytes.get(0), bytes.get(1)})) {
            requireWholeGzip(limit);
            return;
        }
        if (!start().startsWith("SIMPLE  =")) {
            throw wrongKind("a FITS file");
        }
        List<FitsHdu> hdus = FitsFile.hdus(bytes, name);
        FitsHdu last = hdus.get(hdus.size() - 1);
        if (last.isTruncated()) {
            throw wrong(
                    "a whole FITS file of " + (last.dataOffset() + last.dataBytes()) + " bytes",
                    bytes.limit() + " bytes");
        }
        if (!FitsSums.agree(bytes, hdus)) {
            throw wrong("bytes that sum up to its DATASUM and CHECKSUM", "others: it is damaged");
        }
    }

    /** Old trees have such; who is given one unpacks it. */
    private void requireWholeGzip(long limit) throws IOException {
        byte[] piece = new byte[PIECE];
        long unpacked = 0;
        try (GZIPInputStream in = new GZIPInputStream(opening.open())) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                unpacked += n;
                if (unpacked > limit) {
                    throw wrong("at most " + limit + " bytes when unpacked", "more");
                }
            }
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw wrong("whole gzip data", String.valueOf(e.getMessage()));
        }
    }

    private void requirePng() throws MalformedDataException {
        if (bytes.limit() < 8 || bytes.getLong(0) != PNG_SIGNATURE) {
            throw wrongKind("a PNG picture");
        }
        int at = 8;
        while (at + 12 <= bytes.limit()) {
            long length = bytes.getInt(at) & 0xffffffffL;
            if (length > bytes.limit() - at - 12) {
                break;
            }
            int after = at + 8 + (int) length;
            CRC32 crc = new CRC32();
            crc.update(bytes.slice(at + 4, 4 + (int) length));
            if ((int) crc.getValue() != bytes.getInt(after)) {
                throw wrong("a PNG picture", "one that is damaged at byte " + at);
            }
            if (bytes.getInt(at + 4) == PNG_END) {
                return;
            }
            at = after + 4;
        }
        throw wrong("a whole PNG picture", "one that is cut off");
    }

    private void requireJpeg() throws MalformedDataException {
        if (!start().startsWith("\u00ff\u00d8\u00ff")) {
            throw wrongKind("a JPEG picture");
        }
        int end = bytes.limit();
        while (end > 2 && bytes.get(end - 1) == 0) {
            end--; // some writers fill up
        }
        if (bytes.getShort(end - 2) != (short) 0xffd9) {
            throw wrong("a whole JPEG picture", "one that is cut off");
        }
    }

    private void requireWebp() throws MalformedDataException {
        if (!start().startsWith("RIFF") || !start().startsWith("WEBP", 8)) {
            throw wrongKind("a WebP picture");
        }
        long said = 8 + (bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffffffffL);
        if (said > bytes.limit()) {
            throw wrong("a whole WebP picture", "one that is cut off");
        }
    }

    private void requireText() throws MalformedDataException {
        if (isHtml() || bytes.limit() == 0) {
            throw wrong("a text", bytes.limit() == 0 ? "nothing" : "a web page");
        }
    }
}
