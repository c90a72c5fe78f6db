package org.hipsnode.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.hipsnode.io.MalformedDataException;

/**
 * The tiles of 256 cells in succession: which there are, how large, with which digests.
 *
 * <p>While tiles are added, each cell has its own slot, so that their sequence leaves no trace; a full page takes 20 bytes a
 * tile. Not for several threads at once.
 */
public final class Page {
    public static final int CELLS = 256;

    /** The largest size that a page can tell. */
    static final long MAX_TILE_BYTES = 0xffff_ffffL;

    private static final int BITMAP_BYTES = CELLS / 8;
    private static final int HEADER_BYTES = BITMAP_BYTES + Integer.BYTES + 1;
    static final int MAX_BYTES = HEADER_BYTES + CELLS * (Integer.BYTES + Digest.BYTES);

    private final BitSet present = new BitSet(CELLS);
    private final int[] sizes = new int[CELLS];
    private final long[] digests = new long[2 * CELLS];

    Page() {}

    /** Adds a tile; its cell must be free. */
    void put(int cell, long bytes, Digest digest) {
        if (present.get(cell)) {
            throw new IllegalStateException("a tile was added to the manifest twice");
        }
        present.set(cell);
        sizes[cell] = (int) bytes;
        digests[2 * cell] = digest.high();
        digests[2 * cell + 1] = digest.low();
    }

    /** Returns the cells that have a tile, 0 to 255. */
    public BitSet cells() {
        return (BitSet) present.clone();
    }

    /** Returns the size of the tile in a cell. */
    public long bytes(int cell) {
        return Integer.toUnsignedLong(sizes[cell]);
    }

    /** Returns the digest of the tile in a cell. */
    public Digest digest(int cell) {
        return new Digest(digests[2 * cell], digests[2 * cell + 1]);
    }

    public boolean has(int cell) {
        return present.get(cell);
    }

    /** Returns size and digest of the tile in a cell. */
    public FileRecord record(int cell) {
        return new FileRecord(bytes(cell), digest(cell));
    }

    int tiles() {
        return present.cardinality();
    }

    long totalBytes() {
        return present.stream().mapToLong(this::bytes).sum();
    }

    /** Returns the page as it is stored: bitmap, least size, width of the excess over it, excesses, digests. */
    byte[] encode() {
        long least = present.stream().mapToLong(this::bytes).min().orElse(0);
        long most = present.stream().mapToLong(this::bytes).max().orElse(0);
        int width = bytesFor(most - least);
        ByteBuffer page = ByteBuffer.allocate(HEADER_BYTES + tiles() * (width + Digest.BYTES));
        page.put(Arrays.copyOf(present.toByteArray(), BITMAP_BYTES));
        page.putInt((int) least).put((byte) width);
        present.stream().forEach(cell -> putNumber(page, bytes(cell) - least, width));
        present.stream().forEach(cell -> digest(cell).put(page));
        return page.array();
    }

    private static int bytesFor(long number) {
        return (Long.SIZE - Long.numberOfLeadingZeros(number) + 7) / 8;
    }

    private static void putNumber(ByteBuffer to, long number, int width) {
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            to.put((byte) (number >> shift));
        }
    }

    private static long getNumber(ByteBuffer from, int width) {
        long number = 0;
        for (int i = 0; i < width; i++) {
            number = number << 8 | (from.get() & 0xff);
        }
        return number;
    }

    /**
     * Reads a page; any other bytes than those that {@link #encode} would write are refused.
     *
     * @param cells how many of the 256 the order has
     * @param name of the page, for the message
     */
    static Page parse(byte[] encoded, int cells, String name) throws IOException {
        if (encoded.length <= HEADER_BYTES) {
            throw MalformedDataException.expected(
                    name, "a page of more than " + HEADER_BYTES + " bytes", length(encoded));
        }
        ByteBuffer from = ByteBuffer.wrap(encoded);
        byte[] bitmap = new byte[BITMAP_BYTES];
        from.get(bitmap);
        BitSet present = BitSet.valueOf(bitmap);
        long least = Integer.toUnsignedLong(from.getInt());
        int width = from.get();
        requireShape(encoded, present, width, cells, name);
        Page page = new Page();
        page.present.or(present);
        for (int cell : present.stream().toArray()) {
            long bytes = least + getNumber(from, width);
            if (bytes > MAX_TILE_BYTES) {
                throw MalformedDataException.expected(
                        name, "tiles of at most " + MAX_TILE_BYTES + " bytes", bytes + "");
            }
            page.sizes[cell] = (int) bytes;
        }
        present.stream().forEach(cell -> {
            page.digests[2 * cell] = from.getLong();
            page.digests[2 * cell + 1] = from.getLong();
        });
        if (!Arrays.equals(page.encode(), encoded)) {
            throw MalformedDataException.expected(name, "sizes in the shortest form", "a longer one");
        }
        return page;
    }

    private static void requireShape(byte[] encoded, BitSet present, int width, int cells, String name)
            throws IOException {
        if (present.isEmpty() || present.length() > cells) {
            throw MalformedDataException.expected(
                    name,
                    "tiles in cells 0 to " + (cells - 1),
                    present.isEmpty() ? "none" : "cell " + (present.length() - 1));
        }
        if (width < 0 || width > Integer.BYTES) {
            throw MalformedDataException.expected(name, "sizes of 0 to 4 bytes", Integer.toString(width));
        }
        int expected = HEADER_BYTES + present.cardinality() * (width + Digest.BYTES);
        if (encoded.length != expected) {
            throw MalformedDataException.expected(name, "a page of " + expected + " bytes", length(encoded));
        }
    }

    private static String length(byte[] encoded) {
        return encoded.length + " bytes";
    }
}
