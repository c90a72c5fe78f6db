package org.hipsnode.generate.source;

import java.io.IOException;
import java.util.List;
import org.hipsnode.tile.TileAddress;

/** Puts tiles of several sources of one number a pixel one after the other. */
final class Planes {
    private Planes() {}

    /** Fills the planes of a tile, with blanks where a source has nothing; false if none has. */
    static boolean read(List<TileSource> sources, TileAddress address, int width, byte[] data) throws IOException {
        int bytes = data.length / sources.size();
        byte[] plane = new byte[bytes];
        boolean any = false;
        for (int i = 0; i < sources.size(); i++) {
            TileSource source = sources.get(i);
            if (source.read(address, width, plane)) {
                any = true;
            } else {
                source.format()
                        .fillBlank(
                                plane, 0, plane.length / source.format().type().bytes());
            }
            System.arraycopy(plane, 0, data, i * bytes, bytes);
        }
        return any;
    }
}
