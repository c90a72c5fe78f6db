package org.hipsnode.fits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.hipsnode.io.MalformedDataException;

/**
 * Reads the headers of a FITS file and where the data lie, never the data: a header that claims a thousand billion pixels
 * costs nothing.
 */
public final class FitsFile {
    private static final int MAX_HEADER_BLOCKS = 4000;
    private static final int MAX_HDUS = 4096;
    private static final byte[] END = pad("END");

    private FitsFile() {}

    /** Returns the HDUs of a file; bytes after the last that do not start another are ignored, as the standard asks. */
    public static List<FitsHdu> hdus(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return hdus(new ChannelBytes(channel), file.toString());
        }
    }

    /** Returns the HDUs of a file in memory. */
    public static List<FitsHdu> hdus(byte[] content, String name) throws IOException {
        return hdus(ByteBuffer.wrap(content), name);
    }

    /** Returns the HDUs of a file that is all of a buffer. */
    public static List<FitsHdu> hdus(ByteBuffer content, String name) throws IOException {
        return hdus(new BufferBytes(content), name);
    }

    private static List<FitsHdu> hdus(Bytes bytes, String name) throws IOException {
        List<FitsHdu> hdus = new ArrayList<>();
        long offset = 0;
        while (startsHeader(bytes, offset, hdus.isEmpty(), name)) {
            if (hdus.size() == MAX_HDUS) {
                throw MalformedDataException.expected(name, "at most " + MAX_HDUS + " HDUs", "more");
            }
            byte[] blocks = header(bytes, offset, name + "[" + hdus.size() + "]");
            FitsHeader header = FitsHeader.parse(blocks, name + "[" + hdus.size() + "]");
            long dataOffset = offset + blocks.length;
            long dataBytes = dataBytes(header, name + "[" + hdus.size() + "]");
            hdus.add(new FitsHdu(name, hdus.size(), header, dataOffset, dataBytes, bytes.size()));
            offset = dataBytes > bytes.size() ? bytes.size() : padded(dataOffset + dataBytes);
        }
        return hdus;
    }

    /** Returns a length rounded up to whole blocks. */
    static long padded(long length) {
        return (length + FitsHeader.BLOCK - 1) / FitsHeader.BLOCK * FitsHeader.BLOCK;
    }

    private static boolean startsHeader(Bytes bytes, long offset, boolean first, String name) throws IOException {
        byte[] start = bytes.read(offset, 9);
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (first && !text.startsWith("SIMPLE  =")) {
            throw MalformedDataException.expected(name, "a FITS file, which starts with 'SIMPLE  ='", describe(start));
        }
        return first || text.startsWith("XTENSION=");
    }

    private static String describe(byte[] start) {
        if (start.length == 0) {
            return "nothing: it is empty";
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        return "'" + text.replaceAll("[^\\x20-\\x7e]", "?") + "'";
    }

    private static byte[] header(Bytes bytes, long offset, String name) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        for (int i = 0; i < MAX_HEADER_BLOCKS; i++) {
            byte[] block = bytes.read(offset + header.size(), FitsHeader.BLOCK);
            header.writeBytes(block);
            if (holdsEnd(block)) {
                // a file cut off right after its last card still has a whole header
                header.writeBytes(" ".repeat(FitsHeader.BLOCK - block.length).getBytes(StandardCharsets.US_ASCII));
                return header.toByteArray();
            }
            if (block.length < FitsHeader.BLOCK) {
                throw MalformedDataException.expected(
                        name, "an END card", "the end of the file after " + header.size() + " bytes of header");
            }
        }
        throw MalformedDataException.expected(
                name, "an END card in the first " + MAX_HEADER_BLOCKS + " blocks of the header", "none");
    }

    private static boolean holdsEnd(byte[] block) {
        for (int card = 0; card + END.length <= block.length; card += FitsHeader.CARD) {
            if (java.util.Arrays.equals(block, card, card + END.length, END, 0, END.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] pad(String keyword) {
        return String.format("%-8s", keyword).getBytes(StandardCharsets.US_ASCII);
    }

    /** FITS 4.0 §4.4.1.2 and §7.3.1: |BITPIX|/8 × GCOUNT × (PCOUNT + NAXIS1 × … × NAXISm). */
    private static long dataBytes(FitsHeader header, String name) throws IOException {
        long axes = header.integer("NAXIS", 0);
        if (axes <= 0) {
            return 0;
        }
        if (axes > 999) {
            throw MalformedDataException.expected(name, "NAXIS of 0 to 999", Long.toString(axes));
        }
        long bitpix = header.integer("BITPIX")
                .orElseThrow(() -> MalformedDataException.expected(
                        name,
                        "a BITPIX card with a whole number",
                        header.text("BITPIX").orElse("none")));
        try {
            long elements = 1;
            for (int i = 1; i <= axes; i++) {
                elements = Math.multiplyExact(elements, axis(header, i, name));
            }
            long groups = Math.addExact(elements, header.integer("PCOUNT", 0));
            long bytes =
                    Math.multiplyExact(Math.multiplyExact(groups, header.integer("GCOUNT", 1)), Math.abs(bitpix) / 8);
            if (bytes < 0) {
                throw MalformedDataException.expected(name, "data of 0 bytes or more", Long.toString(bytes));
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw MalformedDataException.expected(name, "less than 2^63 bytes of data", "NAXISn that claim more");
        }
    }

    private static long axis(FitsHeader header, int i, String name) throws IOException {
        long axis = header.integer("NAXIS" + i).orElse(-1);
        if (axis < 0) {
            throw MalformedDataException.expected(
                    name,
                    "NAXIS" + i + " of 0 or more",
                    header.text("NAXIS" + i).orElse("none"));
        }
        return axis;
    }

    /** Bytes at any place. */
    private interface Bytes {
        long size() throws IOException;

        /** Returns up to {@code length} bytes; fewer only at the end. */
        byte[] read(long offset, int length) throws IOException;
    }

    private record ChannelBytes(FileChannel channel) implements Bytes {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public byte[] read(long offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                // a channel may return less than asked
            }
            return java.util.Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    private record BufferBytes(ByteBuffer content) implements Bytes {
        @Override
        public long size() {
            return content.limit();
        }

        @Override
        public byte[] read(long offset, int length) {
            int from = (int) Math.min(offset, content.limit());
            byte[] read = new byte[Math.min(length, content.limit() - from)];
            content.get(from, read);
            return read;
        }
    }
}
