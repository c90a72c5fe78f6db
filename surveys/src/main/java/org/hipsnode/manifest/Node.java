package org.hipsnode.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.io.MalformedDataException;

/** The digests, numbers of tiles and bytes of up to 64 places side by side. */
public final class Node {
    private static final int HEADER_BYTES = Place.HEADER_BYTES + Long.BYTES;
    private static final int BRANCH_BYTES = Digest.BYTES + 2 * Long.BYTES;
    static final int MAX_BYTES = HEADER_BYTES + Place.CHILDREN * BRANCH_BYTES;

    private final Place place;
    private final SortedMap<Integer, Branch> children;

    /** Takes the children that have tiles, by their numbers from 0 to 63; at least one. */
    Node(Place place, SortedMap<Integer, Branch> children) {
        this.place = place;
        this.children = new TreeMap<>(children);
    }

    /** Returns the children that have tiles, by their numbers from 0 to 63. */
    public SortedMap<Integer, Branch> children() {
        return new TreeMap<>(children);
    }

    /** Returns the node as it is stored: header, bitmap of the children, and of each its digest, tiles and bytes. */
    byte[] encode() {
        ByteBuffer node = ByteBuffer.allocate(HEADER_BYTES + children.size() * BRANCH_BYTES);
        place.putHeader(node);
        BitSet present = new BitSet(Place.CHILDREN);
        children.keySet().forEach(present::set);
        node.put(Arrays.copyOf(present.toByteArray(), Long.BYTES));
        for (Branch child : children.values()) {
            child.digest().put(node);
            node.putLong(child.tiles()).putLong(child.bytes());
        }
        return node.array();
    }

    /**
     * Reads a node that must be what its parent says.
     *
     * @param name of the file, for the message
     */
    static Node parse(byte[] encoded, Place place, Branch said, String name) throws IOException {
        if (!Digest.of(encoded).equals(said.digest())) {
            throw MalformedDataException.expected(name, "content as its name says", "other content");
        }
        if (encoded.length <= HEADER_BYTES) {
            throw MalformedDataException.expected(
                    name, "a node of more than " + HEADER_BYTES + " bytes", encoded.length + " bytes");
        }
        ByteBuffer from = ByteBuffer.wrap(encoded);
        place.skipHeader(from, name);
        byte[] bitmap = new byte[Long.BYTES];
        from.get(bitmap);
        BitSet present = BitSet.valueOf(bitmap);
        int expected = HEADER_BYTES + present.cardinality() * BRANCH_BYTES;
        if (encoded.length != expected) {
            throw MalformedDataException.expected(name, "a node of " + expected + " bytes", encoded.length + " bytes");
        }
        SortedMap<Integer, Branch> children = new TreeMap<>();
        for (int number : present.stream().toArray()) {
            children.put(number, new Branch(Digest.get(from), from.getLong(), from.getLong()));
        }
        requireSums(children, place, said, name);
        return new Node(place, children);
    }

    private static void requireSums(SortedMap<Integer, Branch> children, Place place, Branch said, String name)
            throws IOException {
        long tiles = 0;
        long bytes = 0;
        for (Map.Entry<Integer, Branch> entry : children.entrySet()) {
            Place child = place.child(entry.getKey());
            Branch branch = entry.getValue();
            boolean sensible = child.exists()
                    && branch.tiles() > 0
                    && branch.tiles() <= child.endCell() - child.firstCell()
                    && branch.bytes() >= 0
                    && branch.bytes() <= said.bytes() - bytes;
            if (!sensible) {
                throw MalformedDataException.expected(name, "a sensible child " + entry.getKey(), branch.toString());
            }
            tiles += branch.tiles();
            bytes += branch.bytes();
        }
        if (tiles != said.tiles() || bytes != said.bytes()) {
            throw MalformedDataException.expected(
                    name, said.tiles() + " tiles of " + said.bytes() + " bytes in all", tiles + " of " + bytes);
        }
    }
}
