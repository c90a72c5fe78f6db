package org.hipsnode.generate.write;

import java.util.Arrays;
import java.util.zip.Deflater;

/** Packs bytes by the zlib of the JVM, which looks for repeated strings. */
final class ZlibPacker implements Packer {
    private final ThreadLocal<Deflater> deflaters = ThreadLocal.withInitial(() -> new Deflater(Deflater.BEST_SPEED));

    @Override
    public byte[] pack(byte[] content) {
        Deflater deflater = deflaters.get();
        deflater.reset();
        deflater.setInput(content);
        deflater.finish();
        byte[] packed = new byte[content.length + content.length / 1000 + 64];
        int length = 0;
        while (!deflater.finished()) {
            if (length == packed.length) {
                throw new IllegalStateException("a picture grew past " + packed.length + " bytes when packed");
            }
            length += deflater.deflate(packed, length, packed.length - length);
        }
        return Arrays.copyOf(packed, length);
    }
}
