package org.hipsnode.moc;

/** The NUNIQ numbering of cells of all orders: 4·4^order + index (MOC 1.1 §2.3.1). */
public final class Nuniq {
    private Nuniq() {}

    public static long of(int order, long index) {
        return (4L << (2 * order)) + index;
    }

    /** Returns the order of a NUNIQ number of at least 4. */
    public static int order(long nuniq) {
        return (61 - Long.numberOfLeadingZeros(nuniq)) / 2;
    }

    public static long index(long nuniq) {
        return nuniq - (4L << (2 * order(nuniq)));
    }

    /** Tells whether a number stands for a cell of orders 0 to 29. */
    public static boolean isValid(long nuniq) {
        return nuniq >= 4 && order(nuniq) <= 29 && index(nuniq) < 12L << (2 * order(nuniq));
    }
}
