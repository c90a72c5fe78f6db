package org.hipsnode.generate.run;

import java.util.List;
import java.util.Map;
import org.hipsnode.check.Finding;
import org.hipsnode.tile.TileFormat;

/**
 * A survey that was made and published.
 *
 * @param tiles number of tiles of each format
 * @param files number of files, those of the manifest itself not counted
 * @param bytes size of all files together
 * @param kept number of tiles that were made before and are the same
 * @param findings what the check of the new release had to say
 */
public record Publication(
        Map<TileFormat, Long> tiles, long files, long bytes, long kept, double skyFraction, List<Finding> findings) {
    public Publication {
        tiles = Map.copyOf(tiles);
        findings = List.copyOf(findings);
    }
}
