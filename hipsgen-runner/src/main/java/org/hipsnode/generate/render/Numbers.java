package org.hipsnode.generate.render;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them. */
public final class Numbers {
    private static final MathContext SEVEN_DIGITS = new MathContext(7);

    private Numbers() {}

    /** Returns a number in seven significant digits, without exponent where it is short that way. */
    public static String text(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(SEVEN_DIGITS).stripTrailingZeros();
        String plain = rounded.toPlainString();
        return plain.length() <= 12 ? plain : rounded.toString();
    }
}
