package org.hipsnode.healpix;

import java.util.List;
import org.hipsnode.sky.UnitVector;

/**
 * Finds the cells of one order that a region touches.
 *
 * <p>The depth of a direction in a region changes by at most the angle moved, and a cell's reach in radians is bounded by
 * {@link HealpixGrid#MAX_STEP_TIMES_NSIDE}: so one evaluation at the centre of a cell tells most cells inside or outside,
 * and halving the edges of the others, where the same bound holds, tells the rest, down to {@link #RESOLUTION_RADIANS},
 * below which a cell counts as touched. No cell that touches the region is ever missed.
 */
public final class RegionCells {
    /** About the rounding error of a direction in double precision. */
    private static final double RESOLUTION_RADIANS = 1e-14;

    private RegionCells() {}

    /** Receives cells in ascending NESTED order: the whole of each, at its own order, belongs to the result. */
    @FunctionalInterface
    public interface CellSink {
        void accept(int order, long nested);
    }

    /** Reports the cells of an order that touch a region; a coarser cell stands for all its descendants. */
    public static void touching(Region region, int order, CellSink sink) {
        HealpixGrid.ofOrder(order);
        List<UnitVector> witnesses = region.witnesses();
        for (long cell = 0; cell < 12; cell++) {
            visit(region, witnesses, 0, cell, order, sink);
        }
    }

    private static void visit(
            Region region, List<UnitVector> witnesses, int order, long cell, int target, CellSink sink) {
        HealpixGrid grid = HealpixGrid.ofOrder(order);
        double depth = region.depth(grid.centre(cell).vector());
        double reach = HealpixGrid.MAX_STEP_TIMES_NSIDE / grid.nside();
        if (depth > reach) {
            sink.accept(order, cell);
        } else if (depth >= -reach) {
            if (order < target) {
                for (long child = 4 * cell; child < 4 * cell + 4; child++) {
                    visit(region, witnesses, order + 1, child, target, sink);
                }
            } else if (depth >= 0 || holdsAny(grid, cell, witnesses) || edgeTouches(region, grid, cell)) {
                sink.accept(order, cell);
            }
        }
    }

    private static boolean holdsAny(HealpixGrid grid, long cell, List<UnitVector> witnesses) {
        for (UnitVector witness : witnesses) {
            if (grid.nestedAt(witness.point()) == cell) {
                return true;
            }
        }
        return false;
    }

    private static boolean edgeTouches(Region region, HealpixGrid grid, long cell) {
        double length = HealpixGrid.MAX_STEP_TIMES_NSIDE / grid.nside();
        return segmentTouches(region, t -> grid.pointIn(cell, t, 0).vector(), 0, 1, length)
                || segmentTouches(region, t -> grid.pointIn(cell, t, 1).vector(), 0, 1, length)
                || segmentTouches(region, t -> grid.pointIn(cell, 0, t).vector(), 0, 1, length)
                || segmentTouches(region, t -> grid.pointIn(cell, 1, t).vector(), 0, 1, length);
    }

    /** A line on the sphere, by a parameter. */
    @FunctionalInterface
    private interface Line {
        UnitVector at(double t);
    }

    private static boolean segmentTouches(Region region, Line line, double from, double to, double length) {
        double middle = (from + to) / 2;
        double depth = region.depth(line.at(middle));
        if (depth >= 0) {
            return true;
        }
        double half = length / 2;
        if (depth < -half - RESOLUTION_RADIANS) {
            return false;
        }
        return half < RESOLUTION_RADIANS
                || segmentTouches(region, line, from, middle, half)
                || segmentTouches(region, line, middle, to, half);
    }
}
