package org.hipsnode.generate.render;

import java.util.Locale;

/**
 * How a cut is given: two values, or two percentiles of the values on the sphere.
 *
 * @param low smaller value, or percentage 0 to 100
 * @param percent whether the two are percentages
 */
public record CutRule(double low, double high, boolean percent) {

    public CutRule {
        if (!(low < high)) {
            throw new IllegalArgumentException("a cut needs the smaller value first, found " + low + " and " + high);
        }
        if (percent && (low < 0 || high > 100)) {
            throw new IllegalArgumentException("percentiles must be 0% to 100%, found " + low + "% and " + high + "%");
        }
    }

    /** Reads {@code -3 120}, {@code -3,120} or {@code 0.5% 99.5%}. */
    public static CutRule parse(String text) {
        String[] parts = text.trim().split("[\\s,;]+");
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "a cut is two values such as '-3 120' or '0.5% 99.5%', found '" + text + "'");
        }
        boolean percent = parts[0].endsWith("%");
        if (percent != parts[1].endsWith("%")) {
            throw new IllegalArgumentException("a cut is two values or two percentiles, found '" + text + "'");
        }
        return new CutRule(number(parts[0], text), number(parts[1], text), percent);
    }

    private static double number(String part, String text) {
        try {
            double value = Double.parseDouble(part.endsWith("%") ? part.substring(0, part.length() - 1) : part);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("a cut is two numbers, found '" + text + "'");
    }

    /** Returns the cut for data of which a sample is known. */
    public Cut apply(Sample sample) {
        return percent ? sample.cut(low, high) : new Cut(low, high);
    }

    @Override
    public String toString() {
        String unit = percent ? "%" : "";
        return String.format(Locale.ROOT, "%s%s %s%s", low, unit, high, unit);
    }
}
