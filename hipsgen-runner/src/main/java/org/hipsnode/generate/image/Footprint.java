package org.hipsnode.generate.image;

import java.util.TreeSet;
import org.hipsnode.healpix.Cone;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.moc.Moc;
import org.hipsnode.sky.UnitVector;
import org.hipsnode.wcs.ImageWcs;

/**
 * Finds the cells that an image may touch: all that it does touch, and some beside them.
 *
 * <p>The image is cut in quarters until a piece is small beside a cell; then a circle around its middle that holds its corners
 * and edges, and something more, is looked up with the neighbours of its cell. Circles know neither poles nor the end of right
 * ascension. Pieces that are partly off the sky are cut down to single pixels.
 */
final class Footprint {
    /** Of a cell's side; such a circle reaches into neighbours of its cell and never beyond them. */
    private static final double SMALL = 0.2;

    /** What a circle has more than the points of a piece need: a piece is not quite flat. */
    private static final double MARGIN = 1.1;

    /** Where a piece is looked at: middle, corners and middles of edges, as parts of its sides. */
    private static final double[][] PLACES = {
        {0.5, 0.5}, {0, 0}, {1, 0}, {0, 1}, {1, 1}, {0.5, 0}, {0.5, 1}, {0, 0.5}, {1, 0.5}
    };

    /** Cells reach farther from their centres than half their side; this much of it at most, in the corners near the poles. */
    private static final double REACH = 1.5;

    private final ImageWcs wcs;
    private final HealpixGrid cells;
    private final TreeSet<Long> found = new TreeSet<>();

    private Footprint(ImageWcs wcs, int order) {
        this.wcs = wcs;
        this.cells = HealpixGrid.ofOrder(order);
    }

    /**
     * Returns the numbers of the cells, ascending.
     *
     * @param wcs in the frame of the cells
     */
    static long[] cells(ImageWcs wcs, int order) {
        Footprint footprint = new Footprint(wcs, order);
        footprint.add(0.5, 0.5, (double) wcs.width(), (double) wcs.height());
        return footprint.found.stream().mapToLong(Long::longValue).toArray();
    }

    private void add(double x, double y, double width, double height) {
        double[][] points = new double[PLACES.length][3];
        int seen = 0;
        double middleX = 0;
        double middleY = 0;
        double middleZ = 0;
        for (int i = 0; i < points.length; i++) {
            if (wcs.toVector(x + PLACES[i][0] * width, y + PLACES[i][1] * height, points[seen])) {
                middleX += points[seen][0];
                middleY += points[seen][1];
                middleZ += points[seen][2];
                seen++;
            }
        }
        boolean single = width <= 1 && height <= 1;
        boolean whole = seen == points.length;
        double length = Math.sqrt(middleX * middleX + middleY * middleY + middleZ * middleZ);
        if ((whole || single) && length > 0.5 * seen) {
            UnitVector middle = UnitVector.towards(middleX, middleY, middleZ);
            double radius = MARGIN * radius(middle, points, seen) * (whole ? 1 : 2);
            if (single || radius <= SMALL * cells.pixelSizeRadians()) {
                addAround(middle, radius);
                return;
            }
        }
        if (!single) {
            addQuarters(x, y, width, height);
        }
    }

    private static double radius(UnitVector middle, double[][] points, int count) {
        double radius = 0;
        for (int i = 0; i < count; i++) {
            radius = Math.max(radius, middle.angleTo(new UnitVector(points[i][0], points[i][1], points[i][2])));
        }
        return radius;
    }

    private void addQuarters(double x, double y, double width, double height) {
        double left = width <= 1 ? width : Math.ceil(width / 2);
        double low = height <= 1 ? height : Math.ceil(height / 2);
        add(x, y, left, low);
        if (left < width) {
            add(x + left, y, width - left, low);
        }
        if (low < height) {
            add(x, y + low, left, height - low);
        }
        if (left < width && low < height) {
            add(x + left, y + low, width - left, height - low);
        }
    }

    private void addAround(UnitVector middle, double radius) {
        double side = cells.pixelSizeRadians();
        if (radius > SMALL * side) {
            addLarge(middle, radius);
            return;
        }
        long own = cells.nestedAt(middle.point());
        found.add(own);
        for (long neighbour : cells.neighbours(own)) {
            if (neighbour >= 0 && cells.centre(neighbour).vector().angleTo(middle) < radius + REACH * side) {
                found.add(neighbour);
            }
        }
    }

    /** Of a pixel that is larger than a cell. */
    private void addLarge(UnitVector middle, double radius) {
        Moc.touching(new Cone(middle, Math.min(Math.PI, radius)), cells.order())
                .forEachTouchedCell(cells.order(), (order, index) -> found.add(index));
    }
}
