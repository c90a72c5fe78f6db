package org.hipsnode.generate.render;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * The curve from the cut interval, taken as 0 to 1, to brightness from 0 to 1.
 *
 * <p>The constants 10 (asinh) and 1000 (log) are those that SAOImage DS9 made usual in the field.
 */
public enum Stretch {
    LINEAR(x -> x),
    SQRT(Math::sqrt),
    ASINH(x -> asinh(10 * x) / asinh(10)),
    LOG(x -> Math.log1p(1000 * x) / Math.log1p(1000)),
    /** The square. */
    POW2(x -> x * x);

    /** What people call the square. */
    private static final String POW = "pow";

    private final DoubleUnaryOperator curve;

    Stretch(DoubleUnaryOperator curve) {
        this.curve = curve;
    }

    private static double asinh(double x) {
        return Math.log(x + Math.sqrt(x * x + 1));
    }

    /** Returns the brightness of a place in the cut interval, both 0 to 1. */
    public double apply(double x) {
        return curve.applyAsDouble(x);
    }

    /** Returns the word for it in flags, definitions and {@code hips_pixel_function}. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a stretch by its word; {@code pow} is another for {@code pow2}. */
    public static Optional<Stretch> ofWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(stretch -> stretch.keyword().equals(lower) || (stretch == POW2 && lower.equals(POW)))
                .findFirst();
    }
}
