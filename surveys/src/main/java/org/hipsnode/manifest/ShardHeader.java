package org.hipsnode.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.io.MalformedDataException;

/** The first 344 bytes of a shard: where its pages are, and their digests. */
final class ShardHeader {
    private final Place place;
    private final SortedMap<Integer, Entry> entries = new TreeMap<>();
    private int fileBytes = Shard.HEADER_BYTES;

    private record Entry(Digest digest, int offset, int length) {}

    private ShardHeader(Place place) {
        this.place = place;
    }

    /**
     * Reads the header.
     *
     * @param start of the file, at least the header
     * @param digest by which the shard is named
     */
    static ShardHeader parse(byte[] start, Place place, Digest digest, String name) throws IOException {
        if (start.length < Shard.HEADER_BYTES) {
            throw MalformedDataException.expected(
                    name, "a header of " + Shard.HEADER_BYTES + " bytes", start.length + " bytes");
        }
        if (!Shard.digest(start).equals(digest)) {
            throw MalformedDataException.expected(name, "a header as its name says", "another");
        }
        ByteBuffer from = ByteBuffer.wrap(start);
        place.skipHeader(from, name);
        ShardHeader header = new ShardHeader(place);
        for (int page = 0; page < Shard.PAGES; page++) {
            header.add(page, Digest.get(from), from.getInt(), name);
        }
        return header;
    }

    private void add(int page, Digest digest, int length, String name) throws IOException {
        boolean absent = length == 0 && digest.equals(new Digest(0, 0));
        if (absent) {
            return;
        }
        if (length <= 0 || length > Page.MAX_BYTES || cells(page) == 0) {
            throw MalformedDataException.expected(name, "a page " + page + " of sensible length", length + " bytes");
        }
        entries.put(page, new Entry(digest, fileBytes, length));
        fileBytes += length;
    }

    /** Returns how many of a page's cells the order has. */
    private int cells(int page) {
        return (int) Math.max(0, Math.min(Page.CELLS, place.endCell() - place.firstCell() - (long) page * Page.CELLS));
    }

    Iterable<Integer> pages() {
        return entries.keySet();
    }

    int fileBytes() {
        return fileBytes;
    }

    /** Returns a page out of the bytes of the whole file. */
    Page page(int number, byte[] file, String name) throws IOException {
        Entry entry = entries.getOrDefault(number, new Entry(new Digest(0, 0), 0, 0));
        int end = Math.min(file.length, entry.offset + entry.length);
        byte[] page = Arrays.copyOfRange(file, Math.min(entry.offset, end), end);
        if (!Digest.of(page).equals(entry.digest)) {
            throw MalformedDataException.expected(name, "page " + number + " as its header says", "another");
        }
        return Page.parse(page, cells(number), name + " page " + number);
    }
}
