package org.hipsnode.generate.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.hipsnode.progress.Progress;
import org.hipsnode.survey.SurveyDefinition.Images.Background;
import org.hipsnode.wcs.ImageWcs;
import org.hipsnode.work.OrderedWork;

/**
 * Finds the level of each image that is taken away from it.
 *
 * <p>Either its own, so that the empty sky becomes 0: the median without what is farther from it than three standard
 * deviations. Or that which makes it fit its neighbours, as Montage's mBgModel has it (Berriman et al. 2004, ASPC 314, 593),
 * with constants only and solved at once: see {@link LevelFit}. Differences in an overlap are medians, so that stars and
 * defects of one image do not count.
 */
final class Backgrounds {
    /** Pixels of an image that are looked at for its own level. */
    private static final double PIXELS = 1 << 16;

    /** Places on each side of a grid of the whole image that finds where another overlaps it. */
    private static final int COARSE = 17;

    /** Places on each side of the grid of an overlap, if there are few overlaps. */
    private static final int FINE = 64;

    private static final int LEAST_FINE = 12;

    /** Places in all overlaps together, about: where hundreds of images lie on each other, each pair needs few. */
    private static final double ALL_PLACES = 1e8;

    /** Fewer places tell nothing. */
    private static final int LEAST = 16;

    private final List<SkyImage> images;
    private final List<ImageWcs> places;
    private final ImageIndex index;

    /** Takes images and where they are, in the same sequence. */
    Backgrounds(List<SkyImage> images, List<ImageWcs> places, ImageIndex index) {
        this.images = images;
        this.places = places;
        this.index = index;
    }

    /** Returns the level of each image. */
    double[] of(Background background, int workers, Progress progress) throws IOException {
        if (background == Background.NONE) {
            return new double[images.size()];
        }
        try (OpenImages files = new OpenImages()) {
            PixelReader blocks = new PixelBlocks(files, Runtime.getRuntime().maxMemory() / 8);
            return background == Background.CONSTANT
                    ? own(blocks, workers, progress)
                    : fitted(blocks, workers, progress);
        }
    }

    private double[] own(PixelReader blocks, int workers, Progress progress) throws IOException {
        List<Double> levels = new ArrayList<>();
        try (Progress.Phase phase = progress.begin("find backgrounds", "images", images.size());
                OrderedWork<Double> work = new OrderedWork<>(workers, level -> {
                    phase.add(1, 0);
                    levels.add(level);
                })) {
            for (SkyImage image : images) {
                work.give(() -> own(blocks, image));
            }
            work.finish();
        }
        return levels.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double own(PixelReader blocks, SkyImage image) throws IOException {
        int step = (int) Math.ceil(Math.sqrt((double) image.width() * image.height() / PIXELS));
        Sample sample = new Sample();
        for (int y = 0; y < image.height(); y += step) {
            Window row = Window.read(blocks, image, 0, y, image.width() - 1, y);
            for (int x = 0; x < image.width(); x += step) {
                sample.add(row.value(x, y));
            }
        }
        return sample.size() == 0 ? 0 : sample.level();
    }

    private double[] fitted(PixelReader blocks, int workers, Progress progress) throws IOException {
        List<int[]> pairs = index.pairs();
        LevelFit fit = new LevelFit(images.size());
        int fine = (int) Math.max(LEAST_FINE, Math.min(FINE, Math.sqrt(ALL_PLACES / Math.max(1, pairs.size()))));
        try (Progress.Phase phase = progress.begin("match backgrounds", "overlaps", pairs.size());
                OrderedWork<LevelFit.Difference> work = new OrderedWork<>(workers, difference -> {
                    phase.add(1, 0);
                    if (difference.places() >= LEAST) {
                        fit.add(difference);
                    }
                })) {
            for (int[] pair : pairs) {
                work.give(() -> new Overlap(blocks, pair[0], pair[1]).difference(fine));
            }
            work.finish();
        }
        return fit.levels();
    }

    /** Where two images lie on each other. */
    private final class Overlap {
        private final PixelReader blocks;
        private final int first;
        private final int second;
        private final SkyImage image;
        private final SkyImage other;
        private final double[] vector = new double[3];
        private final double[] place = new double[2];

        Overlap(PixelReader blocks, int first, int second) {
            this.blocks = blocks;
            this.first = first;
            this.second = second;
            this.image = images.get(first);
            this.other = images.get(second);
        }

        LevelFit.Difference difference(int fine) throws IOException {
            Sample sample = new Sample();
            int[] columns = {image.width(), -1};
            int[] rows = {image.height(), -1};
            for (int y : grid(0, image.height() - 1, COARSE)) {
                for (int x : grid(0, image.width() - 1, COARSE)) {
                    if (find(x, y)) {
                        widen(columns, x, image.width());
                        widen(rows, y, image.height());
                    }
                }
            }
            if (columns[1] >= 0) {
                for (int y : grid(rows[0], rows[1], fine)) {
                    for (int x : grid(columns[0], columns[1], fine)) {
                        add(sample, x, y);
                    }
                }
            }
            double level = sample.size() == 0 ? 0 : sample.median();
            return new LevelFit.Difference(first, second, level, sample.size());
        }

        /** Takes a place of the coarse grid into a range, and what lies between it and its neighbours. */
        private static void widen(int[] range, int at, int size) {
            int step = (size - 1) / (COARSE - 1) + 1;
            range[0] = Math.min(range[0], Math.max(0, at - step));
            range[1] = Math.max(range[1], Math.min(size - 1, at + step));
        }

        private static int[] grid(int from, int to, int places) {
            int count = Math.min(places, to - from + 1);
            int[] all = new int[count];
            for (int i = 0; i < count; i++) {
                all[i] = count == 1 ? from : from + (int) ((long) (to - from) * i / (count - 1));
            }
            return all;
        }

        /** Finds a pixel of the first image in the second, farther than a pixel from its border. */
        private boolean find(int x, int y) {
            if (!places.get(first).toVector(x + 1, y + 1, vector)
                    || !places.get(second).toPixel(vector[0], vector[1], vector[2], place)) {
                return false;
            }
            place[0] -= 1;
            place[1] -= 1;
            return place[0] >= 0 && place[0] < other.width() - 1 && place[1] >= 0 && place[1] < other.height() - 1;
        }

        private void add(Sample sample, int x, int y) throws IOException {
            if (find(x, y)) {
                int column = (int) place[0];
                int row = (int) place[1];
                double theirs = Window.read(blocks, other, column, row, column + 1, row + 1)
                        .bilinear(place[0], place[1]);
                sample.add(Window.read(blocks, image, x, y, x, y).value(x, y) - theirs);
            }
        }
    }

    /** Numbers of which the middle is wanted. */
    private static final class Sample {
        /** The standard deviation of a normal distribution is so many times the median of distances from the median. */
        private static final double DEVIATION = 1.4826;

        private static final int MOST_ROUNDS = 10;

        private double[] values = new double[256];
        private int size;

        void add(double value) {
            if (Double.isNaN(value)) {
                return;
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        int size() {
            return size;
        }

        double median() {
            Arrays.sort(values, 0, size);
            return middle(values, 0, size);
        }

        /** Returns the median of what is not farther from it than three standard deviations. */
        double level() {
            Arrays.sort(values, 0, size);
            int from = 0;
            int to = size;
            for (int round = 0; round < MOST_ROUNDS; round++) {
                double median = middle(values, from, to);
                double reach = 3 * DEVIATION * spread(median, from, to);
                int low = first(median - reach, from, to).orElse(from);
                int high = first(Math.nextUp(median + reach), from, to).orElse(to);
                if (low == from && high == to) {
                    break;
                }
                from = low;
                to = high;
            }
            return middle(values, from, to);
        }

        private double spread(double median, int from, int to) {
            double[] distances = new double[to - from];
            for (int i = 0; i < distances.length; i++) {
                distances[i] = Math.abs(values[from + i] - median);
            }
            Arrays.sort(distances);
            return middle(distances, 0, distances.length);
        }

        /** Returns the place of the first value that is not below a bound. */
        private OptionalInt first(double bound, int from, int to) {
            for (int i = from; i < to; i++) {
                if (values[i] >= bound) {
                    return OptionalInt.of(i);
                }
            }
            return OptionalInt.empty();
        }

        private static double middle(double[] sorted, int from, int to) {
            return (sorted[(from + to - 1) / 2] + sorted[(from + to) / 2]) / 2;
        }
    }
}
