package org.hipsnode.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.CheckCode;
import org.hipsnode.store.ListedStore;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** Which tiles a survey's folder holds, as a MOC for each format and order, so that any number fits in memory. */
final class TreeListing {
    private final Map<TileFormat, TreeMap<Integer, Moc.Builder>> builders = new EnumMap<>(TileFormat.class);
    private final Map<TileFormat, SortedMap<Integer, Moc>> tiles = new EnumMap<>(TileFormat.class);
    private final CheckCode checkCode = new CheckCode();
    private final List<String> strangers = new ArrayList<>();
    private final List<String> empty = new ArrayList<>();

    private TreeListing() {}

    static TreeListing of(ListedStore store) throws IOException {
        TreeListing listing = new TreeListing();
        store.list(listing::add);
        listing.builders.forEach((format, orders) -> {
            SortedMap<Integer, Moc> built = new TreeMap<>();
            orders.forEach((order, builder) -> built.put(order, builder.build()));
            listing.tiles.put(format, built);
        });
        return listing;
    }

    private void add(String name, long bytes) {
        if (bytes == 0) {
            empty.add(name);
        }
        Optional<TreeName> parsed = TreeName.parse(name);
        parsed.ifPresent(tree -> checkCode.add(tree, bytes));
        if (parsed.isPresent() && parsed.get() instanceof TreeName.Tile tile) {
            builders.computeIfAbsent(tile.format(), f -> new TreeMap<>())
                    .computeIfAbsent(tile.order(), Moc.Builder::new)
                    .add(tile.order(), tile.address().index());
        } else if (parsed.isEmpty() && name.startsWith(TreeName.folder(0).replace("0", ""))) {
            strangers.add(name);
        }
    }

    /** Returns the tiles of each order, for each format that has any. */
    Map<TileFormat, SortedMap<Integer, Moc>> tiles() {
        return tiles;
    }

    CheckCode checkCode() {
        return checkCode;
    }

    /** Returns the files in the tree's folders that are neither tile nor Allsky. */
    List<String> strangers() {
        return strangers;
    }

    List<String> emptyFiles() {
        return empty;
    }
}
