package org.hipsnode.generate.pyramid;

import java.util.List;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;

/**
 * Averages tiles into their parent: each pixel is the mean of the non-blank of the four below it, blank if all are.
 *
 * <p>Integer means are rounded to the nearest number, halves upwards, and never overflow.
 */
public final class Halving {
    /** Stands for a tile without data. */
    public static final byte[] BLANK = {};

    private final PixelFormat format;
    private final int width;
    private final int planes;

    /** Takes the format and the width of tiles of one number a pixel, at least 1. */
    public Halving(PixelFormat format, int width) {
        this(format, width, 1);
    }

    /** Takes the number of planes too: each is averaged for itself. */
    Halving(PixelFormat format, int width, int planes) {
        this.format = format;
        this.width = width;
        this.planes = planes;
    }

    /**
     * Returns the parent of four tiles.
     *
     * @param children in NESTED order, {@link #BLANK} for one without data; at least one has some
     */
    public byte[] parent(List<byte[]> children) {
        byte[] parent = new byte[planes * width * width * format.type().bytes()];
        average(children, parent);
        return parent;
    }

    /** Fills the parent of four tiles, as {@link #parent} does. */
    void average(List<byte[]> children, byte[] parent) {
        for (int plane = 0; plane < planes; plane++) {
            average(children, plane * width * width, parent);
        }
    }

    /** Averages the plane that starts at a pixel. */
    private void average(List<byte[]> children, int start, byte[] parent) {
        if (width == 1) {
            averagePixel(children, start, parent);
            return;
        }
        for (int quarter = 0; quarter < 4; quarter++) {
            byte[] child = children.get(quarter);
            if (child.length == 0) {
                blankQuarter(start + quarterStart(quarter), parent);
            } else {
                halve(child, start, start + quarterStart(quarter), parent);
            }
        }
    }

    private void averagePixel(List<byte[]> children, int plane, byte[] parent) {
        int size = format.type().bytes();
        byte[] four = new byte[4 * size];
        for (int i = 0; i < 4; i++) {
            byte[] child = children.get(i);
            if (child.length == 0) {
                format.putBlank(four, i);
            } else {
                System.arraycopy(child, plane * size, four, i * size, size);
            }
        }
        mean(four, 0, 1, 2, 3, parent, plane);
    }

    private int quarterStart(int quarter) {
        int half = width / 2;
        // a larger x (bit 0) lies lower in FITS order, a larger y (bit 1) further right
        return (1 - (quarter & 1)) * half * width + (quarter >> 1) * half;
    }

    private void blankQuarter(int to, byte[] parent) {
        for (int row = 0; row < width / 2; row++) {
            format.fillBlank(parent, to + row * width, width / 2);
        }
    }

    private void halve(byte[] child, int from, int to, byte[] parent) {
        int half = width / 2;
        if (format.type().isFloating()) {
            halveFloating(child, from, to, parent);
            return;
        }
        for (int row = 0; row < half; row++) {
            int target = to + row * width;
            int source = from + 2 * row * width;
            for (int i = 0; i < half; i++) {
                int at = source + 2 * i;
                mean(child, at, at + 1, at + width, at + width + 1, parent, target + i);
            }
        }
    }

    /** Line by line, without a call for each number. */
    private void halveFloating(byte[] child, int from, int to, byte[] parent) {
        double[] lower = new double[width];
        double[] upper = new double[width];
        double[] means = new double[width / 2];
        for (int row = 0; row < width / 2; row++) {
            format.type().read(child, from + 2 * row * width, lower);
            format.type().read(child, from + (2 * row + 1) * width, upper);
            halveLines(lower, upper, means);
            format.type().write(parent, to + row * width, means);
        }
    }

    /** For itself, so that it is compiled soon, and once. */
    private static void halveLines(double[] lower, double[] upper, double[] means) {
        for (int i = 0; i < means.length; i++) {
            double sum = (lower[2 * i] + lower[2 * i + 1]) + (upper[2 * i] + upper[2 * i + 1]);
            means[i] = Double.isFinite(sum)
                    ? sum / 4
                    : meanOfFinite(lower[2 * i], lower[2 * i + 1], upper[2 * i], upper[2 * i + 1]);
        }
    }

    private static double meanOfFinite(double a, double b, double c, double d) {
        int count = one(a) + one(b) + one(c) + one(d);
        // 0 first, so that no sum is −0
        return count == 0 ? Double.NaN : (0 + quarter(a) + quarter(b) + quarter(c) + quarter(d)) / count * 4;
    }

    private static int one(double value) {
        return Double.isFinite(value) ? 1 : 0;
    }

    private static double quarter(double value) {
        return Double.isFinite(value) ? value / 4 : 0;
    }

    private void mean(byte[] from, int a, int b, int c, int d, byte[] to, int target) {
        PixelType type = format.type();
        if (type.isFloating()) {
            type.put(
                    to,
                    target,
                    meanOfFinite(type.get(from, a), type.get(from, b), type.get(from, c), type.get(from, d)));
        } else {
            meanOfIntegers(from, new int[] {a, b, c, d}, to, target);
        }
    }

    private void meanOfIntegers(byte[] from, int[] places, byte[] to, int target) {
        PixelType type = format.type();
        int count = 0;
        for (int place : places) {
            count += format.isBlank(from, place) ? 0 : 1;
        }
        if (count == 0) {
            format.putBlank(to, target);
            return;
        }
        long quotients = 0;
        long remainders = 0;
        for (int place : places) {
            if (!format.isBlank(from, place)) {
                long value = type.getLong(from, place);
                quotients += Math.floorDiv(value, (long) count);
                remainders += Math.floorMod(value, (long) count);
            }
        }
        long mean = quotients + Math.floorDiv(2 * remainders + count, 2L * count);
        type.putLong(to, target, avoidingBlank(mean));
    }

    /** A mean that happens to be the blank number would vanish. */
    private long avoidingBlank(long mean) {
        Long blank = format.blank();
        if (blank == null || blank != mean) {
            return mean;
        }
        return mean == format.type().smallest() ? mean + 1 : mean - 1;
    }
}
