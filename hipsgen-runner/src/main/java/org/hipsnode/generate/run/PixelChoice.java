package org.hipsnode.generate.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.plan.Layout;
import org.hipsnode.generate.source.ConvertedSource;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.moc.Moc;
import org.hipsnode.progress.Progress;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.work.Workers;

/** Gives sources the numbers that a definition asks for. */
final class PixelChoice {
    private final Optional<SurveyDefinition.Pixels> wanted;
    private final Moc tiles;
    private final Layout layout;
    private final int workers;
    private final Progress progress;

    PixelChoice(Optional<SurveyDefinition.Pixels> wanted, Moc tiles, Layout layout, int workers, Progress progress) {
        this.wanted = wanted;
        this.tiles = tiles;
        this.layout = layout;
        this.workers = workers;
        this.progress = progress;
    }

    /** Returns the sources, of one format, with their values in the numbers wanted. */
    List<TileSource> apply(List<TileSource> sources) throws IOException {
        if (wanted.isEmpty()) {
            return sources;
        }
        PixelFormat format = format(wanted.get(), sources);
        List<TileSource> converted = new ArrayList<>();
        for (TileSource source : sources) {
            converted.add(source.format().equals(format) ? source : new ConvertedSource(source, format));
        }
        return converted;
    }

    private PixelFormat format(SurveyDefinition.Pixels pixels, List<TileSource> sources) throws IOException {
        PixelType type = PixelType.ofBitpix(pixels.bitpix()).orElseThrow();
        PixelFormat own = sources.get(0).format();
        boolean given = pixels.scale().isPresent() || pixels.zero().isPresent();
        if (given) {
            return given(type, pixels);
        }
        if (type.isFloating()) {
            return PixelFormat.of(type);
        }
        if (!own.type().isFloating() && own.type().bytes() <= type.bytes()) {
            return own.type() == type ? own : ConvertedSource.format(type, own.scale(), own.zero());
        }
        double[] range = range(sources);
        return ConvertedSource.spreading(type, range[0], range[1]);
    }

    private static PixelFormat given(PixelType type, SurveyDefinition.Pixels pixels) throws ConfigException {
        try {
            return ConvertedSource.format(
                    type, pixels.scale().orElse(1), pixels.zero().orElse(0));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the least and the greatest value of all sources. */
    private double[] range(List<TileSource> sources) throws IOException {
        List<TileAddress> addresses = new ArrayList<>();
        tiles.forEachTouchedCell(layout.sourceOrder(), (order, index) -> addresses.add(new TileAddress(order, index)));
        ForkJoinPool pool = new ForkJoinPool(workers);
        try (Progress.Phase phase = progress.begin("find range", "tiles", (long) addresses.size() * sources.size())) {
            return pool.submit(() -> sources.stream()
                            .flatMap(source -> addresses.parallelStream().map(tile -> range(source, tile, phase)))
                            .reduce(
                                    new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY},
                                    PixelChoice::both))
                    .join();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Workers.stop(pool);
        }
    }

    private static double[] both(double[] a, double[] b) {
        return new double[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])};
    }

    private double[] range(TileSource source, TileAddress tile, Progress.Phase phase) {
        int pixels = layout.tileWidth() * layout.tileWidth();
        byte[] data = new byte[pixels * source.format().type().bytes()];
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        try {
            phase.add(1, 0);
            boolean any = source.read(tile, layout.tileWidth(), data);
            for (int i = 0; any && i < pixels; i++) {
                double value = source.format().physical(data, i);
                range[0] = value < range[0] ? value : range[0];
                range[1] = value > range[1] ? value : range[1];
            }
            return range;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
