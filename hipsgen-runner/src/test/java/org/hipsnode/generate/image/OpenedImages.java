package org.hipsnode.generate.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.progress.Progress;
import org.hipsnode.survey.SurveyDefinition.Images;
import org.hipsnode.survey.SurveyDefinition.Tiles;

/** The collections that a test has opened: closed together, so that nothing stays unpacked. */
final class OpenedImages implements AutoCloseable {
    private final List<ImageCollection> all = new ArrayList<>();

    ImageCollection open(Images images, int workers) throws IOException {
        ImageCollection collection = ImageCollection.open(
                images, Tiles.USUAL, new Warnings(), workers, new Progress(new AtomicLong()::incrementAndGet));
        all.add(collection);
        return collection;
    }

    @Override
    public void close() throws IOException {
        for (ImageCollection images : all) {
            for (TileSource source : images.sources()) {
                source.close();
            }
        }
    }
}
