package org.hipsnode.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.hipsnode.io.MalformedDataException;

/**
 * Reads a PNG file as far as it takes to know that it is whole (PNG 3rd edition, §5, §7 to §11): each chunk that a picture needs by its
 * sum, and the lines unpacked. ImageIO would look at no sum, make a picture of the lines, and take ten times as long.
 */
final class PngFacts {
    static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

    /** Length, type and checksum of a chunk. */
    private static final int CHUNK_FRAME = 12;

    private static final int HEADER_BYTES = 13;
    private static final int UNPACKED_AT_ONCE = 1 << 15;

    /** Of each pass of an interlaced picture: first column and line, and the steps to the next (PNG §8.1, Adam7). */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] ALL_AT_ONCE = {{0, 0, 1, 1}};

    private final String name;
    private final ByteBuffer file;
    private final Inflater inflater = new Inflater();
    private final byte[] unpacked = new byte[UNPACKED_AT_ONCE];
    private ImageFacts.Size size = new ImageFacts.Size(0, 0);
    private long expectedBytes;
    private long bytes;

    private PngFacts(byte[] file, String name) {
        this.file = ByteBuffer.wrap(file);
        this.name = name;
    }

    /** Returns the size of a picture, if its file is whole. */
    static ImageFacts.Size size(byte[] file, String name) throws MalformedDataException {
        PngFacts facts = new PngFacts(file, name);
        try {
            facts.read();
            return facts.size;
        } finally {
            facts.inflater.end();
        }
    }

    private void read() throws MalformedDataException {
        file.position(SIGNATURE.length());
        for (String type = ""; !type.equals("IEND"); ) {
            boolean first = type.isEmpty();
            if (file.remaining() < CHUNK_FRAME) {
                throw ImageFacts.cutOff(name);
            }
            long length = file.getInt() & 0xffffffffL;
            if (length > file.remaining() - CHUNK_FRAME + Integer.BYTES) {
                throw ImageFacts.cutOff(name);
            }
            ByteBuffer chunk = file.slice(file.position(), Integer.BYTES + (int) length);
            type = StandardCharsets.ISO_8859_1
                    .decode(chunk.slice(0, Integer.BYTES))
                    .toString();
            file.position(file.position() + chunk.remaining());
            int sum = file.getInt();
            // what is not needed to show the picture has a small letter (PNG §5.4)
            if (Character.isUpperCase(type.charAt(0)) && sum != crc(chunk)) {
                throw damaged("chunk " + type + " does not belong to its checksum");
            }
            if (first != type.equals("IHDR")) {
                throw damaged("the header is not the first chunk, and the only one of its kind");
            }
            take(type, chunk.position(Integer.BYTES));
        }
        if (bytes < expectedBytes) {
            throw ImageFacts.cutOff(name);
        }
    }

    private static int crc(ByteBuffer chunk) {
        CRC32 crc = new CRC32();
        crc.update(chunk.duplicate());
        return (int) crc.getValue();
    }

    private void take(String type, ByteBuffer content) throws MalformedDataException {
        if (type.equals("IHDR")) {
            readHeader(content);
        } else if (type.equals("IDAT")) {
            unpack(content);
        }
    }

    private void readHeader(ByteBuffer header) throws MalformedDataException {
        if (header.remaining() != HEADER_BYTES) {
            throw damaged("its header has " + header.remaining() + " bytes");
        }
        size = new ImageFacts.Size(header.getInt(), header.getInt());
        ImageFacts.requireTileSize(size, name);
        int bits = header.get();
        int samples = samples(header.get());
        if (Integer.bitCount(bits) != 1 || bits > 16 || samples == 0) {
            throw damaged("its header tells of no kind of pixels that there is");
        }
        boolean interlaced = header.get(header.position() + 2) != 0;
        for (int[] pass : interlaced ? PASSES : ALL_AT_ONCE) {
            long columns = Math.max(0, (size.width() - pass[0] + pass[2] - 1) / pass[2]);
            long lines = Math.max(0, (size.height() - pass[1] + pass[3] - 1) / pass[3]);
            expectedBytes += columns == 0 ? 0 : lines * (1 + (columns * samples * bits + Byte.SIZE - 1) / Byte.SIZE);
        }
    }

    /** Returns how many numbers a pixel has (PNG §6.1); 0 for a colour type that there is not. */
    private static int samples(int colourType) {
        return switch (colourType) {
            case 0, 3 -> 1;
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 0;
        };
    }

    private void unpack(ByteBuffer content) throws MalformedDataException {
        inflater.setInput(content);
        try {
            // what comes after the last line does no harm
            while (!inflater.finished() && !inflater.needsInput() && bytes <= expectedBytes) {
                if (inflater.needsDictionary()) {
                    throw damaged("its lines cannot be unpacked");
                }
                bytes += inflater.inflate(unpacked);
            }
        } catch (DataFormatException e) {
            throw damaged("its lines cannot be unpacked");
        }
    }

    private MalformedDataException damaged(String found) {
        return MalformedDataException.expected(name, "a whole image", "a damaged one: " + found);
    }
}
