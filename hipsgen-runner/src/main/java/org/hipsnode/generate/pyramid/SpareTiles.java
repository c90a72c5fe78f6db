package org.hipsnode.generate.pyramid;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The memory of tiles that nobody needs any more, for the next ones: the JVM would copy those that last a little, and go
 * through all of its memory for those that last longer. For any number of threads; never more than were needed at once.
 */
final class SpareTiles {
    private final int bytes;
    private final Deque<byte[]> spare = new ArrayDeque<>();

    /** Takes the length of a tile. */
    SpareTiles(int bytes) {
        this.bytes = bytes;
    }

    /** Returns a tile with anything in it. */
    byte[] take() {
        synchronized (spare) {
            if (!spare.isEmpty()) {
                return spare.pop();
            }
        }
        return new byte[bytes];
    }

    /** Takes back a tile. */
    void giveBack(byte[] tile) {
        synchronized (spare) {
            spare.push(tile);
        }
    }
}
