package org.hipsnode.tile;

import java.util.Optional;

/**
 * The name of a file in the tile tree, relative to the survey's folder (HiPS 1.0 §4.1): a tile or an Allsky file.
 *
 * <p>This is the one place that spells the grammar. Only canonical names parse: no leading zeros, and the {@code Dir} that
 * belongs to the tile; so {@code parse(name.toString())} gives {@code name} back and no file has two names.
 */
public sealed interface TreeName permits TreeName.Tile, TreeName.Allsky {
    /** Tiles to a folder. */
    long TILES_PER_DIR = 10_000;

    TileFormat format();

    /** Returns the channel of a HiPS 1.0 cube; 0 for an image, and for a cube's first, which has no suffix. */
    int channel();

    int order();

    /** One tile. */
    record Tile(TileAddress address, int channel, TileFormat format) implements TreeName {
        public Tile {
            requireChannel(channel);
        }

        @Override
        public int order() {
            return address.order();
        }

        @Override
        public String toString() {
            long dir = address.index() / TILES_PER_DIR * TILES_PER_DIR;
            return folder(address.order()) + "/Dir" + dir + "/Npix" + address.index() + suffix(channel, format);
        }
    }

    /** The small copies of all tiles of an order in one file. */
    record Allsky(int order, int channel, TileFormat format) implements TreeName {
        public Allsky {
            requireChannel(channel);
        }

        @Override
        public String toString() {
            return folder(order) + "/Allsky" + suffix(channel, format);
        }
    }

    static Tile tile(TileAddress address, TileFormat format) {
        return new Tile(address, 0, format);
    }

    static Allsky allsky(int order, TileFormat format) {
        return new Allsky(order, 0, format);
    }

    /** Returns the folder of an order. */
    static String folder(int order) {
        return "Norder" + order;
    }

    /** Tells whether folders of such a name, relative to the survey's, may hold tiles. */
    static boolean isFolder(String name) {
        return name.startsWith("Norder");
    }

    /** Returns where in a path the name of a tile or an Allsky file would begin; 0 if it holds none. */
    static int startIn(String path) {
        return path.indexOf("/Norder") + 1;
    }

    /** Reads a name; empty if it is not the canonical name of a tile or an Allsky file. */
    static Optional<TreeName> parse(String name) {
        return new TreeNameReader(name).read().filter(tree -> tree.toString().equals(name));
    }

    private static String suffix(int channel, TileFormat format) {
        return (channel == 0 ? "" : "_" + channel) + "." + format.extension();
    }

    private static void requireChannel(int channel) {
        if (channel < 0) {
            throw new IllegalArgumentException("channel must not be negative, found " + channel);
        }
    }
}
