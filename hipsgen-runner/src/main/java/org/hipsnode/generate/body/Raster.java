package org.hipsnode.generate.body;

import java.nio.ByteOrder;
import java.util.Set;

/**
 * Where the numbers of a map are in its file, and which values they stand for.
 *
 * @param width columns
 * @param height lines
 * @param bands numbers of a pixel
 * @param values which values the numbers stand for
 */
record Raster(int width, int height, int bands, SampleType type, ByteOrder order, Steps steps, Values values) {
    /** More than any map has, so that a line can be counted by integers. */
    static final int MAX_SIDE = 1 << 24;

    /**
     * Bytes from one number to another.
     *
     * @param first of the first number of the first line
     * @param line from line to line; below 0 where the last line is stored first
     */
    record Steps(long first, long line, long column, long band) {
        /** Returns the steps of the same numbers with the last line for the first. */
        Steps fromLast(int lines) {
            return new Steps(first + line * (lines - 1), -line, column, band);
        }
    }

    /**
     * value = zero + scale × number.
     *
     * @param blanks numbers that stand for nothing
     */
    record Values(double scale, double zero, Set<Double> blanks) {
        static final Values PLAIN = new Values(1, 0, Set.of());

        Values {
            blanks = Set.copyOf(blanks);
        }

        /** Returns the value of a number; NaN if it stands for nothing. */
        double of(double number) {
            return !Double.isFinite(number) || (!blanks.isEmpty() && blanks.contains(number))
                    ? Double.NaN
                    : zero + scale * number;
        }
    }

    /** Returns the byte of a number. */
    long at(int band, int column, int line) {
        return steps.first + line * steps.line + column * steps.column + band * steps.band;
    }

    /** Returns how long a file must be at least. */
    long end() {
        return Math.max(at(bands - 1, width - 1, 0), at(bands - 1, width - 1, height - 1)) + type.bytes();
    }
}
