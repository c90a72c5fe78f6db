package org.hipsnode.node.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.progress.Progress;

/** Small maps to warm up by. */
public final class Rehearsal {
    private static final String NESTED = "'NESTED  '";
    private static final String RING = "'RING    '";

    private Rehearsal() {}

    /** Writes a map of pixels of an order in either ordering; in RING its sky is a jumble, which is as good. */
    public static List<Path> maps(Path folder, int order) throws IOException {
        byte[] nested = DemoSky.fits(order, new Progress(System::nanoTime));
        String text = new String(nested, StandardCharsets.ISO_8859_1);
        byte[] ring = text.replaceFirst(NESTED, RING).getBytes(StandardCharsets.ISO_8859_1);
        List<Path> maps = List.of(folder.resolve("nested.fits"), folder.resolve("ring.fits"));
        AtomicFiles.write(maps.get(0), nested);
        AtomicFiles.write(maps.get(1), ring);
        return maps;
    }
}
