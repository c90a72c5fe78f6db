package org.hipsnode.tile;

import org.hipsnode.healpix.HealpixGrid;

/**
 * The place of a tile in the tree: a HEALPix cell of the tile's order.
 *
 * @param order 0 to 29
 * @param index NESTED number of the cell
 */
public record TileAddress(int order, long index) implements Comparable<TileAddress> {
    public TileAddress {
        long count = HealpixGrid.pixelCount(order);
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    "tile index must be 0 to " + (count - 1) + " at order " + order + ", found " + index);
        }
    }

    /** Returns the tile of the order above that holds this one; refuses order 0. */
    public TileAddress parent() {
        return ancestor(order - 1);
    }

    /** Returns the tile of an order at or above this one's that holds it. */
    public TileAddress ancestor(int ancestorOrder) {
        if (ancestorOrder < 0 || ancestorOrder > order) {
            throw new IllegalArgumentException("no ancestor of " + this + " at order " + ancestorOrder);
        }
        return new TileAddress(ancestorOrder, index >> (2 * (order - ancestorOrder)));
    }

    /** Returns one of the four tiles of the next order in this one. */
    public TileAddress child(int quarter) {
        return new TileAddress(order + 1, 4 * index + quarter);
    }

    @Override
    public int compareTo(TileAddress other) {
        return order == other.order ? Long.compare(index, other.index) : Integer.compare(order, other.order);
    }

    /** Returns {@code order/index}, as in a MOC. */
    @Override
    public String toString() {
        return order + "/" + index;
    }
}
