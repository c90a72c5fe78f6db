package org.hipsnode.generate.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.TileAddress;

/** Which images of a collection may touch which cells of one order. */
final class ImageIndex {
    private final int order;

    /** Cells and, at the same places, images: ascending by both. */
    private final long[] cells;

    private final int[] images;

    private ImageIndex(int order, long[] cells, int[] images) {
        this.order = order;
        this.cells = cells;
        this.images = images;
    }

    private record Pair(long cell, int image) {}

    /**
     * Builds an index.
     *
     * @param footprints the cells of each image
     */
    static ImageIndex of(int order, List<long[]> footprints) {
        List<Pair> pairs = new ArrayList<>();
        for (int image = 0; image < footprints.size(); image++) {
            for (long cell : footprints.get(image)) {
                pairs.add(new Pair(cell, image));
            }
        }
        pairs.sort(Comparator.comparingLong(Pair::cell).thenComparingInt(Pair::image));
        return new ImageIndex(
                order,
                pairs.stream().mapToLong(Pair::cell).toArray(),
                pairs.stream().mapToInt(Pair::image).toArray());
    }

    /** Returns the numbers of the images that may touch a cell of any order, ascending. */
    int[] images(TileAddress cell) {
        if (cell.order() >= order) {
            long own = cell.index() >> (2 * (cell.order() - order));
            return Arrays.copyOfRange(images, first(own), first(own + 1));
        }
        int shift = 2 * (order - cell.order());
        TreeSet<Integer> all = new TreeSet<>();
        for (int i = first(cell.index() << shift); i < first((cell.index() + 1) << shift); i++) {
            all.add(images[i]);
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns all pairs of images that may touch the same cell, each pair once, by their numbers. */
    List<int[]> pairs() {
        TreeSet<Long> found = new TreeSet<>();
        int first = 0;
        for (int i = 0; i < cells.length; i++) {
            first = cells[i] == cells[first] ? first : i;
            for (int other = first; other < i; other++) {
                found.add((long) images[other] << Integer.SIZE | images[i]);
            }
        }
        return found.stream()
                .map(pair -> new int[] {(int) (pair >> Integer.SIZE), pair.intValue()})
                .toList();
    }

    /** Returns the place of the first entry of a cell, or of a later one. */
    private int first(long cell) {
        int low = 0;
        int high = cells.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cells[middle] < cell) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the cells that each image may touch. */
    List<Moc> cellsOfImages(int count) {
        List<Moc.Builder> builders =
                Stream.generate(() -> new Moc.Builder(order)).limit(count).toList();
        for (int i = 0; i < cells.length; i++) {
            builders.get(images[i]).add(order, cells[i]);
        }
        return builders.stream().map(Moc.Builder::build).toList();
    }

    int order() {
        return order;
    }

    /** Returns all cells that any image may touch. */
    Moc cells() {
        Moc.Builder all = new Moc.Builder(order);
        for (long cell : cells) {
            all.add(order, cell);
        }
        return all.build();
    }
}
