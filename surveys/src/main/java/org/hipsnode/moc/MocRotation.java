package org.hipsnode.moc;

import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;

/**
 * Turns a MOC from one frame into another.
 *
 * <p>A cell of the new frame is taken if any of 5 × 5 points of it, edges included, is covered. Cells are judged as large as
 * possible: where a cell of the old frame two orders up, with its eight neighbours, is wholly inside or wholly outside, so
 * is all that lies within a step of it.
 */
public final class MocRotation {
    private static final int SAMPLES = 4;

    /** A cell and its neighbours of this many orders up hold everything within a cell's reach. */
    private static final int ORDERS_UP = 2;

    private final Moc moc;
    private final Frame from;
    private final Frame to;
    private final Moc.Builder result;

    private MocRotation(Moc moc, Frame from, Frame to) {
        this.moc = moc;
        this.from = from;
        this.to = to;
        this.result = new Moc.Builder(moc.order());
    }

    /** Returns the same part of the sky in another frame, to the precision of the MOC's order. */
    public static Moc rotate(Moc moc, Frame from, Frame to) {
        if (from == to || moc.isEmpty() || moc.isFullSky()) {
            return moc;
        }
        MocRotation rotation = new MocRotation(moc, from, to);
        for (long cell = 0; cell < 12; cell++) {
            rotation.visit(0, cell);
        }
        return rotation.result.build();
    }

    private void visit(int order, long cell) {
        HealpixGrid grid = HealpixGrid.ofOrder(order);
        if (order >= ORDERS_UP) {
            HealpixGrid coarse = HealpixGrid.ofOrder(order - ORDERS_UP);
            long around = coarse.nestedAt(inOldFrame(grid.centre(cell)));
            if (isUniform(coarse, around, true)) {
                result.add(order, cell);
                return;
            }
            if (isUniform(coarse, around, false)) {
                return;
            }
        }
        if (order < moc.order()) {
            for (long child = 4 * cell; child < 4 * cell + 4; child++) {
                visit(order + 1, child);
            }
        } else if (anySampleCovered(grid, cell)) {
            result.add(order, cell);
        }
    }

    private boolean isUniform(HealpixGrid grid, long cell, boolean covered) {
        if (isUniformCell(grid, cell, covered)) {
            for (long neighbour : grid.neighbours(cell)) {
                if (neighbour >= 0 && !isUniformCell(grid, neighbour, covered)) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    private boolean isUniformCell(HealpixGrid grid, long cell, boolean covered) {
        return covered ? moc.containsCell(grid.order(), cell) : !moc.touchesCell(grid.order(), cell);
    }

    private boolean anySampleCovered(HealpixGrid grid, long cell) {
        for (int i = 0; i <= SAMPLES; i++) {
            for (int j = 0; j <= SAMPLES; j++) {
                SkyPoint sample = grid.pointIn(cell, (double) i / SAMPLES, (double) j / SAMPLES);
                if (moc.contains(inOldFrame(sample))) {
                    return true;
                }
            }
        }
        return false;
    }

    private SkyPoint inOldFrame(SkyPoint point) {
        return from.fromIcrs(to.toIcrs(point.vector())).point();
    }
}
