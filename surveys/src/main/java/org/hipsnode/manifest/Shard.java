package org.hipsnode.manifest;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sixteen pages, the tiles of 4096 cells.
 *
 * <p>A shard is named by the digest of its header alone, which holds the digests of the pages: so the header, or one page, is
 * proven by itself when it is fetched by a range request.
 */
public final class Shard {
    static final int PAGES = 16;

    static final int ENTRY_BYTES = Digest.BYTES + Integer.BYTES;
    static final int HEADER_BYTES = Place.HEADER_BYTES + PAGES * ENTRY_BYTES;
    static final int MAX_BYTES = HEADER_BYTES + PAGES * Page.MAX_BYTES;

    private final Place place;
    private final SortedMap<Integer, Page> pages = new TreeMap<>();

    Shard(Place place) {
        this.place = place;
    }

    void put(long cell, long bytes, Digest digest) {
        int inShard = (int) (cell - place.firstCell());
        pages.computeIfAbsent(inShard / Page.CELLS, p -> new Page()).put(inShard % Page.CELLS, bytes, digest);
    }

    /** Returns the pages that have tiles, by their numbers from 0 to 15. */
    public SortedMap<Integer, Page> pages() {
        return new TreeMap<>(pages);
    }

    long tiles() {
        return pages.values().stream().mapToLong(Page::tiles).sum();
    }

    long totalBytes() {
        return pages.values().stream().mapToLong(Page::totalBytes).sum();
    }

    /** Returns the shard as it is stored: header with digest and length of each page, then the pages. */
    byte[] encode() {
        ByteBuffer shard = ByteBuffer.allocate(MAX_BYTES);
        place.putHeader(shard);
        shard.position(HEADER_BYTES);
        for (Map.Entry<Integer, Page> page : pages.entrySet()) {
            byte[] encoded = page.getValue().encode();
            ByteBuffer entry = shard.duplicate().position(Place.HEADER_BYTES + page.getKey() * ENTRY_BYTES);
            Digest.of(encoded).put(entry);
            entry.putInt(encoded.length);
            shard.put(encoded);
        }
        return Arrays.copyOf(shard.array(), shard.position());
    }

    /** Returns the digest by which an encoded shard is named. */
    static Digest digest(byte[] encoded) {
        return Digest.of(encoded, 0, Math.min(HEADER_BYTES, encoded.length));
    }

    void put(int number, Page page) {
        pages.put(number, page);
    }
}
