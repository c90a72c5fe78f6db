package org.hipsnode.manifest;

import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/**
 * The tiles of one order, format and channel: what one hash tree of a manifest is about.
 *
 * @param channel of a cube; 0 for an image
 */
public record TileTree(int order, TileFormat format, int channel) implements Comparable<TileTree> {
    /** A name has at most six digits for it. */
    static final int MAX_CHANNEL = 999_999;

    public TileTree {
        HealpixGrid.ofOrder(order);
        if (channel < 0 || channel > MAX_CHANNEL) {
            throw new IllegalArgumentException("channel must be 0 to " + MAX_CHANNEL + ", found " + channel);
        }
    }

    /** Returns the tree that a tile stands in. */
    public static TileTree of(TreeName.Tile tile) {
        return new TileTree(tile.order(), tile.format(), tile.channel());
    }

    /** Returns the file name of a tile. */
    public String name(long index) {
        return tile(index).toString();
    }

    /** Returns one of its tiles. */
    public TreeName.Tile tile(long index) {
        return new TreeName.Tile(new TileAddress(order, index), channel, format);
    }

    /** Returns how many tiles there can be. */
    long cells() {
        return HealpixGrid.pixelCount(order);
    }

    /** Returns the place of the object that stands for the whole tree. */
    public Place top() {
        int level = 0;
        while (Place.cellsOf(level) < cells()) {
            level++;
        }
        return new Place(this, level, 0);
    }

    /** By hand: what the JVM makes for records is slow until it is compiled, and every tile is looked up by its tree. */
    @Override
    public int hashCode() {
        return 31 * (31 * order + format.hashCode()) + channel;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TileTree tree
                && order == tree.order
                && format == tree.format
                && channel == tree.channel;
    }

    /** By order, then by the extension of the format, then by channel. */
    @Override
    public int compareTo(TileTree other) {
        if (order != other.order) {
            return Integer.compare(order, other.order);
        }
        int byFormat = format.extension().compareTo(other.format.extension());
        return byFormat == 0 ? Integer.compare(channel, other.channel) : byFormat;
    }

    @Override
    public String toString() {
        return "order " + order + " " + format.keyword() + (channel == 0 ? "" : " channel " + channel);
    }
}
