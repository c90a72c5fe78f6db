package org.hipsnode.generate.engine;

import java.io.IOException;
import java.nio.file.Path;
import org.hipsnode.generate.write.TileHarvest;
import org.hipsnode.generate.write.TileWriter.TileFiles;
import org.hipsnode.progress.Progress;
import org.hipsnode.tile.TileAddress;

/**
 * What an engine works with.
 *
 * @param files where the files of the release go
 * @param harvest where the pixels of each tile go, for what the whole survey needs of them
 * @param folder on the same disk as the release, for what an engine needs meanwhile; the next run clears away what is left in
 *     it
 */
public record Workplace(Release files, TileHarvest harvest, Path folder, int workers, Progress progress) {

    /** The files of a release on their way into it; many threads may write. */
    public interface Release extends TileFiles {
        /** Says that all tiles of a cell and below it are written, so that nothing need be kept of them. */
        void complete(TileAddress cell) throws IOException;

        /** Returns how many bytes have come since this was last asked. */
        long bytesSinceAsked();
    }
}
