package org.hipsnode.serve.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.snapshot.Release;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what every viewer asks for first, when a release appears: description, coverage, and the tiles of the low orders. */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int DEEPEST = 3;

    private WarmUp() {}

    /** Reads the files of one release, as long as they stay within its share of the memory and it is the current one. */
    static void of(ServedSurvey survey, Release release, FileShelf shelf) {
        long left = shelf.warmShare();
        for (String name : names(survey)) {
            if (left <= 0 || !release.isCurrent() || Thread.currentThread().isInterrupted()) {
                return;
            }
            try {
                left -= shelf.warm(release, "/" + WebAddress.encode(survey.path() + "/" + name), name);
            } catch (CompletionException e) {
                if (Thread.currentThread().isInterrupted()) {
                    return; // the server ends, and its files are closed
                }
                LOG.warn(
                        "a file cannot be read: survey={} file={} reason={}",
                        release,
                        name,
                        String.valueOf(e.getCause()));
                return;
            }
        }
    }

    /** What viewers ask for in the order in which they do. */
    private static List<String> names(ServedSurvey survey) {
        List<String> names = new ArrayList<>(List.of("properties", "Moc.fits"));
        List<TileFormat> formats = survey.properties().formats();
        formats.forEach(format -> names.add(TreeName.allsky(DEEPEST, format).toString()));
        int orders = Math.min(DEEPEST, survey.properties().order().orElse(DEEPEST));
        for (int order = Math.max(0, survey.properties().orderMin()); order <= orders; order++) {
            for (TileFormat format : formats) {
                for (long index = 0; index < HealpixGrid.pixelCount(order); index++) {
                    names.add(
                            TreeName.tile(new TileAddress(order, index), format).toString());
                }
            }
        }
        return names;
    }
}
