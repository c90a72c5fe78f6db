package org.hipsnode.generate.render;

import java.util.Optional;

/**
 * Chooses cut and stretch so that a picture looks right without being told how.
 *
 * <p>Data whose bright side is not much longer than their dark side, seen from the median, get a linear stretch between two
 * percentiles. Data with a long bright tail (sources, a galactic plane) keep more of the tail, and the gentlest stretch that
 * lifts the median out of the dark: asinh for a tail of about one decade, log for more. A value that most of the sky shares
 * is background, and the rest decides.
 */
public final class DisplayChooser {
    private static final double LOW_PERCENT = 0.5;
    private static final double HIGH_PERCENT = 99.5;
    private static final double TAIL_PERCENT = 99.95;

    /** How many times longer the bright side may be for a linear stretch. */
    private static final double LONG_TAIL = 5;

    /** Where the median must lie in the cut for each stretch. */
    private static final double MEDIAN_FOR_LINEAR = 0.2;

    private static final double MEDIAN_FOR_ASINH = 0.04;

    private DisplayChooser() {}

    /** Returns a display of which some parts may be given. */
    public static Display choose(
            Sample sample, Optional<CutRule> cut, Optional<Stretch> stretch, Optional<Colormap> colormap) {
        Sample seen = sample.isTwoValued() ? sample : sample.withoutBackground();
        Cut chosen = cut.map(rule -> rule.apply(sample)).orElseGet(() -> cut(seen));
        return new Display(
                chosen,
                stretch.orElseGet(() -> stretch(seen, chosen)),
                colormap.orElseGet(() -> Colormap.named("grey")));
    }

    private static Cut cut(Sample sample) {
        if (sample.isTwoValued()) {
            return sample.cut(0, 100);
        }
        return sample.cut(LOW_PERCENT, hasLongTail(sample) ? TAIL_PERCENT : HIGH_PERCENT);
    }

    /** A mask has no tail, however rare its ones. */
    private static boolean hasLongTail(Sample sample) {
        double median = sample.percentile(50);
        return !sample.isTwoValued()
                && sample.percentile(HIGH_PERCENT) - median > LONG_TAIL * (median - sample.percentile(LOW_PERCENT));
    }

    private static Stretch stretch(Sample sample, Cut cut) {
        double median = (sample.percentile(50) - cut.min()) / (cut.max() - cut.min());
        if (!hasLongTail(sample) || median >= MEDIAN_FOR_LINEAR) {
            return Stretch.LINEAR;
        }
        return median >= MEDIAN_FOR_ASINH ? Stretch.ASINH : Stretch.LOG;
    }
}
