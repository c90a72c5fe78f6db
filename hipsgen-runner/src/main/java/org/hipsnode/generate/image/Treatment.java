package org.hipsnode.generate.image;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is done to the values of an image before they meet those of others.
 *
 * @param blank value of pixels that are blank, besides those that the format marks
 * @param saturated value from which on pixels are blank; infinite if there is none
 * @param scale what values are multiplied by
 * @param background what is taken away from them afterwards
 * @param weight of the image as a whole
 */
record Treatment(
        OptionalDouble blank,
        double saturated,
        double scale,
        double background,
        double weight,
        PixelCut cut,
        Optional<Weights> weights) {

    /**
     * Weights of pixels.
     *
     * @param image as large as the one that it is for
     * @param areErrors whether they are standard deviations
     */
    record Weights(SkyImage image, boolean areErrors) {
        /** Returns the weight that a number means; 0 where there is none. */
        double of(double number) {
            double weight = areErrors ? 1 / (number * number) : number;
            return weight > 0 && weight < Double.POSITIVE_INFINITY ? weight : 0;
        }
    }

    /** Values as they are. */
    static Treatment of(OptionalDouble blank) {
        return new Treatment(blank, Double.POSITIVE_INFINITY, 1, 0, 1, PixelCut.NONE, Optional.empty());
    }

    Treatment withBackground(double level) {
        return new Treatment(blank, saturated, scale, level, weight, cut, weights);
    }

    /** Standard deviations are those of the values in the file, and scaled with them. */
    Treatment withWeights(Weights map) {
        double all = map.areErrors ? weight / (scale * scale) : weight;
        return new Treatment(blank, saturated, scale, background, all, cut, Optional.of(map));
    }

    /** Returns what becomes of a value; NaN where it does not count. */
    double value(double value) {
        boolean none = value >= saturated || (blank.isPresent() && value == blank.getAsDouble());
        return none ? Double.NaN : scale * value - background;
    }

    /** Tells whether every value is taken as it is. */
    boolean changesNothing() {
        return isWhole() && blank.isEmpty() && saturated == Double.POSITIVE_INFINITY && scale == 1 && background == 0;
    }

    /** Tells whether all of the image is kept. */
    boolean isWhole() {
        return cut instanceof PixelCut.Sides sides && sides.areWhole();
    }
}
