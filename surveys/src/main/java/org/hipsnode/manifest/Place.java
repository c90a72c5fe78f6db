package org.hipsnode.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hipsnode.io.MalformedDataException;

/**
 * The place of an object in a tile tree: a stretch of NESTED cells.
 *
 * @param level 0 for a shard, which is about 4096 cells; a node of level n is about 64 places of level n − 1
 * @param index number of the place in its level, from 0
 */
public record Place(TileTree tree, int level, long index) {
    /** What each object starts with: what it is, and its place. */
    static final int HEADER_BYTES = 24;

    private static final int EXTENSION_BYTES = 6;

    /** Cells of a shard: those under one cell six orders up, where there is one. */
    static final int LOG2_SHARD_CELLS = 12;

    /** Children of a node, three orders. */
    static final int LOG2_CHILDREN = 6;

    static final int CHILDREN = 1 << LOG2_CHILDREN;

    /** No order has as many cells as this power of two. */
    private static final int LOG2_ALL = 62;

    /** Returns the number of cells of a place, or one that is more than any order has. */
    static long cellsOf(int level) {
        return 1L << Math.min(LOG2_ALL, LOG2_SHARD_CELLS + LOG2_CHILDREN * level);
    }

    /** Returns the place of level 0 that holds a cell. */
    static Place ofShard(TileTree tree, long cell) {
        return new Place(tree, 0, cell >> LOG2_SHARD_CELLS);
    }

    /** Returns one of the 64 places of the level below. */
    public Place child(int number) {
        return new Place(tree, level - 1, (index << LOG2_CHILDREN) + number);
    }

    /** Tells whether the order has any cell here; if not, the other methods may overflow. */
    boolean exists() {
        return index >= 0 && index <= (tree.cells() - 1) / cellsOf(level);
    }

    public long firstCell() {
        return index * cellsOf(level);
    }

    /** Returns the cell after the last. */
    public long endCell() {
        return Math.min(tree.cells(), firstCell() + cellsOf(level));
    }

    /** Returns the order of the one cell that holds the place exactly; negative where there is none. */
    public int cellOrder() {
        return tree.order() - (LOG2_SHARD_CELLS + LOG2_CHILDREN * level) / 2;
    }

    /** Returns the file name of the object with a digest at this place. */
    public String objectName(Digest digest) {
        return ManifestName.object(digest, level == 0 ? "shard" : "node");
    }

    /** Writes the header of the object at this place. */
    void putHeader(ByteBuffer to) {
        to.put(magic());
        to.put((byte) tree.order()).put((byte) level);
        to.put(Arrays.copyOf(ascii(tree.format().extension()), EXTENSION_BYTES));
        to.putInt(tree.channel()).putLong(index);
    }

    private byte[] magic() {
        return ascii(level == 0 ? "HNS1" : "HNN1");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads past the header of an object, which must be the one of this place.
     *
     * <p>As no two places have equal objects, a small file cannot stand for a large survey by naming itself again and again.
     */
    void skipHeader(ByteBuffer from, String name) throws IOException {
        ByteBuffer expected = ByteBuffer.allocate(HEADER_BYTES);
        putHeader(expected);
        byte[] found = new byte[HEADER_BYTES];
        from.get(found);
        if (!Arrays.equals(found, expected.array())) {
            throw MalformedDataException.expected(name, "the header of " + this, "another");
        }
    }

    @Override
    public String toString() {
        return tree + " tiles " + firstCell() + " to " + (endCell() - 1);
    }
}
