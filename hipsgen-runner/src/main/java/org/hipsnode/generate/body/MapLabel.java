package org.hipsnode.generate.body;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the file or the label of a map tells.
 *
 * @param raster where its numbers are
 * @param data the plain file that holds them
 * @param unpacked what to close when the data are no longer needed
 * @param plane where it is on the body
 * @param facts what it tells besides
 */
record MapLabel(Raster raster, Path data, Closeable unpacked, Plane plane, Facts facts) {

    /**
     * What a label tells besides.
     *
     * @param body the name of the body, if it tells
     * @param unit of the values; empty if it does not tell
     * @param date when it was made
     * @param colour whether its three bands are red, green and blue from 0 to 255
     * @param files that it is read from
     */
    record Facts(Optional<String> body, String unit, Optional<String> date, boolean colour, List<Path> files) {}

    /** Opens the data. */
    RasterFile open(String name) throws IOException {
        boolean opened = false;
        try {
            RasterFile file = RasterFile.open(raster, data, name, unpacked);
            opened = true;
            return file;
        } finally {
            if (!opened) {
                unpacked.close();
            }
        }
    }
}
