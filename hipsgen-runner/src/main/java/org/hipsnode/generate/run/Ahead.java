package org.hipsnode.generate.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.generate.source.PlainMap;
import org.hipsnode.generate.write.JpegEncoder;

/**
 * Loads libraries that every generation needs beside whatever a program does first, such as reading its command line: that
 * leaves a second processor idle, and to load them takes 60 ms.
 */
public final class Ahead {
    private Ahead() {}

    /** Begins to load, and returns at once. */
    public static void load() {
        Thread thread = new Thread(Ahead::use, "ahead");
        thread.setDaemon(true);
        thread.start();
    }

    private static void use() {
        try {
            FitsHeader.parse(PlainMap.primaryHeader(), "header");
            JpegEncoder.encode(new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR));
        } catch (IOException | RuntimeException | LinkageError e) {
            // whoever needs it will be told
        }
    }
}
