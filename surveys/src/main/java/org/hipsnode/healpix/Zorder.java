package org.hipsnode.healpix;

/**
 * The Z-order curve inside a HEALPix base cell: x in the even bits, y in the odd bits, where x grows to the north-east
 * and y to the north-west (Górski et al. 2005, §4.1).
 */
public final class Zorder {
    private Zorder() {}

    /** Returns the index of (x, y), each of at most 31 bits. */
    public static long index(long x, long y) {
        return spread(x) | spread(y) << 1;
    }

    public static long x(long index) {
        return gather(index);
    }

    public static long y(long index) {
        return gather(index >>> 1);
    }

    /** Moves bit i of the argument to bit 2i. */
    private static long spread(long bits) {
        long b = bits & 0x7fffffffL;
        b = (b | b << 16) & 0x0000ffff0000ffffL;
        b = (b | b << 8) & 0x00ff00ff00ff00ffL;
        b = (b | b << 4) & 0x0f0f0f0f0f0f0f0fL;
        b = (b | b << 2) & 0x3333333333333333L;
        return (b | b << 1) & 0x5555555555555555L;
    }

    /** Moves bit 2i of the argument to bit i. */
    private static long gather(long bits) {
        long b = bits & 0x5555555555555555L;
        b = (b | b >>> 1) & 0x3333333333333333L;
        b = (b | b >>> 2) & 0x0f0f0f0f0f0f0f0fL;
        b = (b | b >>> 4) & 0x00ff00ff00ff00ffL;
        b = (b | b >>> 8) & 0x0000ffff0000ffffL;
        return (b | b >>> 16) & 0x00000000ffffffffL;
    }
}
