package org.hipsnode.generate.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Puts together the chunks of a PNG file of 8 bits a sample (PNG 3rd edition, §5, §11). */
final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int CHUNK_OVERHEAD = 12;

    private final List<byte[]> names = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();

    PngFile(int width, int height, byte colourType) {
        ByteBuffer header = ByteBuffer.allocate(13);
        add(
                "IHDR",
                header.putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .put(colourType)
                        .array());
    }

    PngFile add(String name, byte[] content) {
        names.add(name.getBytes(StandardCharsets.US_ASCII));
        contents.add(content);
        return this;
    }

    /** Returns the file, its end added. */
    byte[] bytes() {
        add("IEND", new byte[0]);
        int length = SIGNATURE.length;
        for (byte[] content : contents) {
            length += content.length + CHUNK_OVERHEAD;
        }
        ByteBuffer file = ByteBuffer.allocate(length).put(SIGNATURE);
        for (int i = 0; i < names.size(); i++) {
            CRC32 crc = new CRC32();
            crc.update(names.get(i));
            crc.update(contents.get(i));
            file.putInt(contents.get(i).length)
                    .put(names.get(i))
                    .put(contents.get(i))
                    .putInt((int) crc.getValue());
        }
        return file.array();
    }
}
