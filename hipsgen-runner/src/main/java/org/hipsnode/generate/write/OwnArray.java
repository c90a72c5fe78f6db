package org.hipsnode.generate.write;

/**
 * An array of each thread that is used again while the same length is asked for, as it is for one tile after the other: a new one is
 * cleared first, and far from the processor.
 */
final class OwnArray {
    private final ThreadLocal<byte[]> arrays = ThreadLocal.withInitial(() -> new byte[0]);

    /** Returns the array of this thread, with anything in it. */
    byte[] ofLength(int length) {
        byte[] array = arrays.get();
        if (array.length != length) {
            array = new byte[length];
            arrays.set(array);
        }
        return array;
    }
}
