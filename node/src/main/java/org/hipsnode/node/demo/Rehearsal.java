package org.hipsnode.node.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.progress.Progress;

/** Small maps to warm up by. */
public final class Rehearsal {
    private static final int ORDER = 6;
    private static final String NESTED = "'NESTED  '";
    private static final String RING = "'RING    '";

    private Rehearsal() {}

    /** Writes a map of 64 × 64 pixels a base cell in either ordering; in RING its sky is a jumble, which is as good. */
    public static List<Path> maps(Path folder) throws IOException {
        byte[] nested = DemoSky.fits(ORDER, new Progress(System::nanoTime));
        String text = new String(nested, StandardCharsets.ISO_8859_1);
        byte[] ring = text.replaceFirst(NESTED, RING).getBytes(StandardCharsets.ISO_8859_1);
        List<Path> maps = List.of(folder.resolve("nested.fits"), folder.resolve("ring.fits"));
        AtomicFiles.write(maps.get(0), nested);
        AtomicFiles.write(maps.get(1), ring);
        return maps;
    }
}
