package org.hipsnode.node.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.progress.Progress;

/** Small maps to warm up by. */
public final class Rehearsal {
    private static final String NESTED = "'NESTED  '";
    private static final String RING = "'RING    '";

    private Rehearsal() {}

    /** Writes a map of pixels of an order in NESTED. */
    public static Path nested(Path folder, int order) throws IOException {
        return write(folder.resolve("nested.fits"), sky(order));
    }

    /** Writes a map of pixels of an order in RING; its sky is a jumble, which is as good. */
    public static Path ring(Path folder, int order) throws IOException {
        String text = new String(sky(order), StandardCharsets.ISO_8859_1);
        return write(
                folder.resolve("ring.fits"), text.replaceFirst(NESTED, RING).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] sky(int order) throws IOException {
        return DemoSky.fits(order, new Progress(System::nanoTime));
    }

    private static Path write(Path map, byte[] content) throws IOException {
        AtomicFiles.write(map, content);
        return map;
    }
}
