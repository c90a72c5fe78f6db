package org.hipsnode.fits;

import org.jspecify.annotations.Nullable;

/**
 * How the stored numbers of an image are to be read: physical value = zero + scale × stored number, blank aside.
 *
 * <p>This is the one place that decides what is blank. A floating-point pixel is blank if it is NaN or infinite: there is
 * no finite value to average or to draw. An integer pixel is blank if it equals {@code blank}.
 *
 * @param scale BSCALE, not zero
 * @param zero BZERO
 * @param blank BLANK as a stored number; null for floating-point types and where every number is a value
 */
public record PixelFormat(
        PixelType type, double scale, double zero, @Nullable Long blank) {
    public PixelFormat {
        if (scale == 0 || !Double.isFinite(scale) || !Double.isFinite(zero)) {
            throw new IllegalArgumentException(
                    "BSCALE must be finite and not 0 and BZERO finite, found " + scale + " and " + zero);
        }
        if (type.isFloating() && blank != null) {
            throw new IllegalArgumentException("a floating-point image marks blanks by NaN, found BLANK = " + blank);
        }
    }

    /** Returns the format of numbers that mean themselves. */
    public static PixelFormat of(PixelType type) {
        return new PixelFormat(type, 1, 0, null);
    }

    public PixelFormat withBlank(long storedBlank) {
        return new PixelFormat(type, scale, zero, storedBlank);
    }

    /** Tells whether pixel {@code index} of big-endian data has no value. */
    public boolean isBlank(byte[] data, int index) {
        if (type.isFloating()) {
            return !Double.isFinite(type.get(data, index));
        }
        return blank != null && type.getLong(data, index) == blank;
    }

    /** Returns the physical value of pixel {@code index}; NaN if it is blank. */
    public double physical(byte[] data, int index) {
        return isBlank(data, index) ? Double.NaN : zero + scale * type.get(data, index);
    }

    /** Reads stored numbers as {@link PixelType#read} does; NaN for those that are blank. */
    public void readStored(byte[] data, int first, double[] into) {
        type.read(data, first, into);
        markBlanks(data, first, into, 0, into.length);
    }

    /**
     * Reads as many stored numbers; NaN for those that are blank.
     *
     * @param at where the first of them goes
     */
    public void readStored(byte[] data, int first, double[] into, int at, int count) {
        type.read(data, first, into, at, count);
        markBlanks(data, first, into, at, count);
    }

    private void markBlanks(byte[] data, int first, double[] into, int at, int count) {
        if (type.isFloating()) {
            for (int i = at; i < at + count; i++) {
                into[i] += 0 * into[i]; // of infinite numbers NaN; and the processor does several at once
            }
        } else if (blank != null) {
            for (int i = 0; i < count; i++) {
                into[at + i] = type.getLong(data, first + i) == blank ? Double.NaN : into[at + i];
            }
        }
    }

    /** Tells whether stored numbers are the values. */
    public boolean isPlain() {
        return scale == 1 && zero == 0;
    }

    /** Returns the stored number, before rounding, that means a physical value. */
    public double stored(double physical) {
        return (physical - zero) / scale;
    }

    /** Tells whether a pixel of this format can be blank. */
    public boolean hasBlank() {
        return type.isFloating() || blank != null;
    }

    /** Makes {@code count} pixels blank from pixel {@code first} on; refuses a format that has no blank. */
    public void fillBlank(byte[] data, int first, int count) {
        if (count == 0) {
            return;
        }
        putBlank(data, first);
        int start = first * type.bytes();
        int end = (first + count) * type.bytes();
        // each copy doubles what there is
        for (int at = start + type.bytes(); at < end; at += at - start) {
            System.arraycopy(data, start, data, at, Math.min(at - start, end - at));
        }
    }

    /** By hand: to have it made by the JVM takes as long as a tile. */
    @Override
    public String toString() {
        return type + " scale " + scale + " zero " + zero + " blank " + (blank == null ? "none" : blank);
    }

    /** Makes pixel {@code index} blank; refuses a format that has no blank. */
    public void putBlank(byte[] data, int index) {
        if (type.isFloating()) {
            type.put(data, index, Double.NaN);
        } else if (blank != null) {
            type.putLong(data, index, blank);
        } else {
            throw new IllegalStateException("no blank in " + this);
        }
    }
}
