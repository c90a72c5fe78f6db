package org.hipsnode.generate.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;

/**
 * Turns the numbers by which a map says "no value" into the blank of its tiles.
 *
 * <p>Floating-point: NaN, ±infinity, healpy's UNSEEN of −1.6375e30 in either precision, and BAD_DATA, all become NaN.
 * Integers: TNULL is the blank already.
 */
final class Blanks {
    private static final double UNSEEN_LOW = -1.6376e30;
    private static final double UNSEEN_HIGH = -1.6374e30;

    private static final int PIECE = 512;

    private final PixelFormat format;
    private final double badData;

    /**
     * Takes the map's own sentinel.
     *
     * @param badData BAD_DATA; NaN if there is none
     */
    Blanks(PixelFormat format, double badData) {
        this.format = format;
        this.badData = format.type() == PixelType.FLOAT32 ? (float) badData : badData;
    }

    /**
     * Makes blank numbers blank, and tells whether any other is left.
     *
     * @param count a power of two
     */
    boolean clean(byte[] data, int count) {
        PixelType type = format.type();
        if (!type.isFloating()) {
            return anyValue(data, count);
        }
        if (type == PixelType.FLOAT32 && count >= PIECE) {
            return cleanFloats(data, count);
        }
        boolean any = false;
        double[] values = new double[Math.min(count, PIECE)];
        for (int first = 0; first < count; first += values.length) {
            type.read(data, first, values);
            for (int i = 0; i < values.length; i++) {
                if (isBlank(values[i])) {
                    type.put(data, first + i, Double.NaN);
                } else {
                    any = true;
                }
            }
        }
        return any;
    }

    /** In bulk, since this type is the commonest; for less than a piece the views of the array cost more than they save. */
    private boolean cleanFloats(byte[] data, int count) {
        // swapped here, since a copy that swaps is slower than a plain one and this together
        IntBuffer all = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        boolean any = false;
        int[] swapped = new int[PIECE];
        for (int first = 0; first < count; first += swapped.length) {
            all.get(first, swapped);
            any |= cleanPiece(swapped, all, first);
        }
        return any;
    }

    /** For itself, so that it is compiled soon, and once. */
    private boolean cleanPiece(int[] swapped, IntBuffer all, int first) {
        boolean any = false;
        for (int i = 0; i < swapped.length; i++) {
            if (isBlank(Float.intBitsToFloat(Integer.reverseBytes(swapped[i])))) {
                all.put(first + i, Integer.reverseBytes(Float.floatToIntBits(Float.NaN)));
            } else {
                any = true;
            }
        }
        return any;
    }

    private boolean anyValue(byte[] data, int count) {
        for (int i = 0; i < count; i++) {
            if (!format.isBlank(data, i)) {
                return true;
            }
        }
        return false;
    }

    /** Most values are known not to be blank by the first line. */
    private boolean isBlank(double value) {
        boolean usual = value >= UNSEEN_HIGH && value <= Double.MAX_VALUE;
        return usual ? value == badData : !(value <= UNSEEN_LOW && value >= -Double.MAX_VALUE) || value == badData;
    }
}
