package org.hipsnode.generate.render;

/**
 * The interval of values that the stretch spreads over all colours; values beyond take the first or last colour.
 *
 * @param min physical value
 * @param max physical value, greater
 */
public record Cut(double min, double max) {
    public Cut {
        if (!(min < max) || !Double.isFinite(min) || !Double.isFinite(max)) {
            throw new IllegalArgumentException(
                    "a cut needs two finite values, the smaller first, found " + min + " and " + max);
        }
    }

    /** Returns the two values as {@code hips_pixel_cut} has them. */
    @Override
    public String toString() {
        return Numbers.text(min) + " " + Numbers.text(max);
    }
}
