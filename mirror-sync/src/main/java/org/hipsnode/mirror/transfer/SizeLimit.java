package org.hipsnode.mirror.transfer;

import org.hipsnode.tile.TreeName;

/** The most bytes that a file may have of which the source does not say how many it has. */
final class SizeLimit {
    /** Numbers of 64 bits, a cube of many channels, a page of a catalogue: more than tiles have. */
    private static final long TILE = 1L << 28;

    /** Coverage, progenitors' index, thumbnails. */
    private static final long OTHER = 1L << 30;

    private SizeLimit() {}

    static long of(WantedFile wanted) {
        long otherwise = TreeName.startIn("/" + wanted.name()) == 1 ? TILE : OTHER;
        return wanted.bytes().orElse(otherwise);
    }
}
