package org.hipsnode.moc;

import java.util.Arrays;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.healpix.Region;
import org.hipsnode.healpix.RegionCells;
import org.hipsnode.sky.SkyPoint;

/**
 * A part of the sky: a set of HEALPix cells, in one frame that the MOC does not know.
 *
 * <p>Held as sorted, disjoint, non-adjacent ranges of NESTED indices at order 29, all aligned to the cells of the MOC's own
 * order (MOC 2.0 §3). Operations between two MOCs give a MOC of the higher of the two orders, so that no area is gained or
 * lost and the laws of sets hold; {@link #degraded} coarsens.
 */
public final class Moc {
    private static final HealpixGrid DEEPEST = HealpixGrid.ofOrder(HealpixGrid.MAX_ORDER);

    private final int order;

    /** start, end, start, end, …; ends exclusive. */
    private final long[] bounds;

    Moc(int order, long[] bounds) {
        this.order = order;
        this.bounds = bounds;
    }

    public static Moc empty(int order) {
        return new Builder(order).build();
    }

    public static Moc fullSky(int order) {
        return new Builder(order).addRange(0, DEEPEST.pixelCount()).build();
    }

    /** Returns the cells of an order that a region touches. */
    public static Moc touching(Region region, int order) {
        Builder builder = new Builder(order);
        RegionCells.touching(region, order, builder::add);
        return builder.build();
    }

    /** Returns the order of the finest cells that the MOC can tell apart. */
    public int order() {
        return order;
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    public boolean isFullSky() {
        return bounds.length == 2 && bounds[0] == 0 && bounds[1] == DEEPEST.pixelCount();
    }

    /** Returns the covered part of the sky, 0 to 1. */
    public double skyFraction() {
        long covered = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            covered += bounds[i + 1] - bounds[i];
        }
        return covered / (double) DEEPEST.pixelCount();
    }

    public boolean contains(SkyPoint point) {
        return containsIndex(DEEPEST.nestedAt(point));
    }

    private boolean containsIndex(long index) {
        return rangeAfter(index) % 2 == 1;
    }

    /** Returns how many bounds are at or before an index: odd inside a range, even outside. */
    private int rangeAfter(long index) {
        int found = Arrays.binarySearch(bounds, index);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Tells whether the whole of a cell is covered. */
    public boolean containsCell(int cellOrder, long index) {
        int after = rangeAfter(firstIndex(cellOrder, index));
        return after % 2 == 1 && bounds[after] >= firstIndex(cellOrder, index + 1);
    }

    /** Tells whether any part of a cell is covered. */
    public boolean touchesCell(int cellOrder, long index) {
        int after = rangeAfter(firstIndex(cellOrder, index));
        return after % 2 == 1 || (after < bounds.length && bounds[after] < firstIndex(cellOrder, index + 1));
    }

    private static long firstIndex(int cellOrder, long index) {
        return index << shift(cellOrder);
    }

    static int shift(int cellOrder) {
        return 2 * (HealpixGrid.MAX_ORDER - cellOrder);
    }

    /** Returns the cells of an order that this MOC touches, as a MOC of that order. */
    public Moc degraded(int newOrder) {
        if (newOrder >= order) {
            return this;
        }
        Builder builder = new Builder(newOrder);
        forEachRange(builder::addRange);
        return builder.build();
    }

    public Moc complement() {
        return fullSky(order).minus(this);
    }

    public Moc union(Moc other) {
        return combine(other, (here, there) -> here || there);
    }

    public Moc intersection(Moc other) {
        return combine(other, (here, there) -> here && there);
    }

    /** Returns what this covers and the other does not. */
    public Moc minus(Moc other) {
        return combine(other, (here, there) -> here && !there);
    }

    @FunctionalInterface
    private interface Membership {
        boolean of(boolean here, boolean there);
    }

    /** Walks both lists of bounds in step; the result changes only where one of them does. */
    private Moc combine(Moc other, Membership membership) {
        long[] result = new long[bounds.length + other.bounds.length];
        int count = 0;
        int i = 0;
        int j = 0;
        boolean inside = false;
        while (i < bounds.length || j < other.bounds.length) {
            long here = i < bounds.length ? bounds[i] : Long.MAX_VALUE;
            long there = j < other.bounds.length ? other.bounds[j] : Long.MAX_VALUE;
            long at = Math.min(here, there);
            i += here == at ? 1 : 0;
            j += there == at ? 1 : 0;
            if (membership.of(i % 2 == 1, j % 2 == 1) != inside) {
                inside = !inside;
                result[count++] = at;
            }
        }
        return new Moc(Math.max(order, other.order), Arrays.copyOf(result, count));
    }

    /** Receives a range of indices at order 29. */
    @FunctionalInterface
    public interface RangeSink {
        void accept(long first, long end);
    }

    /** Reports the ranges of covered indices at order 29, ascending, ends exclusive. */
    public void forEachRange(RangeSink sink) {
        for (int i = 0; i < bounds.length; i += 2) {
            sink.accept(bounds[i], bounds[i + 1]);
        }
    }

    /** Reports the fewest cells that make up the MOC, in ascending position on the sky's Z-order curve. */
    public void forEachCell(RegionCells.CellSink sink) {
        forEachRange((first, end) -> {
            long at = first;
            while (at < end) {
                int cellOrder = largestCell(at, end);
                sink.accept(cellOrder, at >> shift(cellOrder));
                at += 1L << shift(cellOrder);
            }
        });
    }

    /** Returns the order of the largest cell that starts at an index and does not pass an end. */
    private static int largestCell(long at, long end) {
        int byAlignment = at == 0 ? HealpixGrid.MAX_ORDER : Long.numberOfTrailingZeros(at) / 2;
        int bySize = (63 - Long.numberOfLeadingZeros(end - at)) / 2;
        return HealpixGrid.MAX_ORDER - Math.min(HealpixGrid.MAX_ORDER, Math.min(byAlignment, bySize));
    }

    /** Reports the cells of an order that the MOC touches, ascending. */
    public void forEachTouchedCell(int cellOrder, RegionCells.CellSink sink) {
        int shift = shift(cellOrder);
        long next = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            long last = (bounds[i + 1] - 1) >> shift;
            for (long cell = Math.max(next, bounds[i] >> shift); cell <= last; cell++) {
                sink.accept(cellOrder, cell);
            }
            next = last + 1;
        }
    }

    /** Returns how many cells of an order the MOC touches. */
    public long countTouchedCells(int cellOrder) {
        long[] covered = {0};
        degraded(cellOrder).forEachRange((first, end) -> covered[0] += (end - first) >> shift(cellOrder));
        return covered[0];
    }

    int rangeCount() {
        return bounds.length / 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Moc moc && moc.order == order && Arrays.equals(moc.bounds, bounds);
    }

    @Override
    public int hashCode() {
        return 31 * order + Arrays.hashCode(bounds);
    }

    /** Returns the ASCII form of MOC 2.0. */
    @Override
    public String toString() {
        return MocText.ascii(this);
    }

    /** Collects cells and ranges in any sequence, overlapping or not. */
    public static final class Builder {
        private final int order;
        private long[] starts = new long[16];
        private long[] ends = new long[16];
        private int count;
        private boolean sorted = true;

        /** Starts a MOC of an order; finer cells are degraded to it. */
        public Builder(int order) {
            HealpixGrid.ofOrder(order);
            this.order = order;
        }

        /** Adds a cell. */
        public Builder add(int cellOrder, long index) {
            long cells = HealpixGrid.pixelCount(cellOrder);
            if (index < 0 || index >= cells) {
                throw new IllegalArgumentException(
                        "cell must be 0 to " + (cells - 1) + " at order " + cellOrder + ", found " + index);
            }
            return addRange(firstIndex(cellOrder, index), firstIndex(cellOrder, index + 1));
        }

        /** Adds a range of indices at order 29, its end exclusive. */
        public Builder addRange(long first, long end) {
            if (first < 0 || end > DEEPEST.pixelCount() || first > end) {
                throw new IllegalArgumentException(
                        "range must lie in 0 to " + DEEPEST.pixelCount() + ", found " + first + " to " + end);
            }
            if (first < end) {
                append(first, end);
            }
            return this;
        }

        private void append(long first, long end) {
            int shift = shift(order);
            long start = first >> shift << shift;
            long stop = (((end - 1) >> shift) + 1) << shift;
            if (count > 0 && sorted && start >= starts[count - 1] && start <= ends[count - 1]) {
                ends[count - 1] = Math.max(ends[count - 1], stop);
                return;
            }
            if (count == starts.length) {
                makeRoom();
            }
            sorted &= count == 0 || start > ends[count - 1];
            starts[count] = start;
            ends[count++] = stop;
        }

        /** Joins what has come together since, so that the sequence of the cells does not tell how much memory they need. */
        private void makeRoom() {
            long[] joined = build().bounds;
            count = joined.length / 2;
            int room = Math.max(starts.length, 2 * count);
            starts = Arrays.copyOf(starts, room);
            ends = Arrays.copyOf(ends, room);
            for (int i = 0; i < count; i++) {
                starts[i] = joined[2 * i];
                ends[i] = joined[2 * i + 1];
            }
            sorted = true;
        }

        public Moc build() {
            if (!sorted) {
                // the union of ranges depends only on how many have started and ended up to each place
                Arrays.sort(starts, 0, count);
                Arrays.sort(ends, 0, count);
            }
            long[] bounds = new long[2 * count];
            int size = 0;
            int open = 0;
            int ended = 0;
            for (int i = 0; i < count; i++) {
                while (ends[ended] < starts[i]) {
                    if (--open == 0) {
                        bounds[size++] = ends[ended];
                    }
                    ended++;
                }
                if (open++ == 0) {
                    bounds[size++] = starts[i];
                }
            }
            if (count > 0) {
                bounds[size++] = ends[count - 1];
            }
            return new Moc(order, Arrays.copyOf(bounds, size));
        }
    }
}
