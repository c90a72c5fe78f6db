package org.hipsnode.serve.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.moc.Moc;
import org.hipsnode.serve.text.Template;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;

/**
 * A coverage drawn on the whole sky as SVG, in Mollweide's projection, longitude 0 in the middle and growing to the left, as
 * one sees the sky from inside.
 *
 * <p>The picture is made of rows of half a unit; a stretch of a row is drawn where the cell of order 6, which is about as
 * large, is touched. So the work is the same for every MOC. What is too small to be seen gets a ring round it.
 */
public final class SkyMap {
    private static final Template PICTURE = Template.beside(SkyMap.class, "skymap.svg");
    private static final int HALF_WIDTH = 180;
    private static final int HALF_HEIGHT = 90;
    private static final int PER_UNIT = 2;
    private static final int CELL_ORDER = 6;
    private static final int RING_ORDER = 4;
    private static final int MAX_RINGS = 40;
    private static final double SMALL = 0.002;
    private static final int GRID_DEGREES = 30;
    private static final HealpixGrid CELLS = HealpixGrid.ofOrder(CELL_ORDER);

    private SkyMap() {}

    /** Returns the picture; of the sky alone if the coverage is not known. */
    public static String of(Optional<Contents.Coverage> coverage) {
        Optional<Moc> moc = coverage.map(c -> c.moc().degraded(CELL_ORDER));
        return PICTURE.fill(Map.of(
                "title", title(coverage),
                "area", moc.map(SkyMap::area).orElse(""),
                "rings", coverage.map(c -> rings(c.moc())).orElse(""),
                "grid", grid()));
    }

    /** Returns what the picture shows, in words. */
    public static String title(Optional<Contents.Coverage> coverage) {
        return coverage.map(c -> percent(c.moc().skyFraction()) + " of the " + sphere(c.frame()))
                .orElse("no coverage file, so nobody knows which part of the sky is covered");
    }

    private static String sphere(Optional<Frame> frame) {
        return frame.map(f -> "sky, in " + f.keyword() + " coordinates").orElse("sphere");
    }

    /** Returns a part of the whole with three digits that count. */
    public static String percent(double fraction) {
        double percent = 100 * fraction;
        int digits = percent >= 100 || percent <= 0 ? 0 : Math.max(0, 2 - (int) Math.floor(Math.log10(percent)));
        return String.format(Locale.ROOT, "%." + Math.min(digits, 9) + "f %%", percent);
    }

    private static String area(Moc moc) {
        StringBuilder path = new StringBuilder();
        for (int row = -HALF_HEIGHT * PER_UNIT; row < HALF_HEIGHT * PER_UNIT; row++) {
            addRow(path, moc, row);
        }
        return path.toString();
    }

    private static void addRow(StringBuilder path, Moc moc, int row) {
        double y = (row + 0.5) / PER_UNIT;
        int edge = (int) Math.floor(PER_UNIT * HALF_WIDTH * Math.sqrt(1 - square(y / HALF_HEIGHT)));
        int start = Integer.MAX_VALUE;
        for (int column = -edge; column <= edge; column++) {
            boolean inside = column < edge && isCovered(moc, (column + 0.5) / PER_UNIT, y);
            if (inside && start == Integer.MAX_VALUE) {
                start = column;
            } else if (!inside && start != Integer.MAX_VALUE) {
                addStretch(path, start, column - start, row);
                start = Integer.MAX_VALUE;
            }
        }
    }

    /** Counts in rows and columns; the picture scales them. */
    private static void addStretch(StringBuilder path, int column, int length, int row) {
        path.append('M')
                .append(column)
                .append(' ')
                .append(row)
                .append('h')
                .append(length)
                .append("v1h-")
                .append(length);
        path.append('z');
    }

    /** Finds the place on the sky (inverse of Mollweide's projection; Snyder 1987, eq. 31-6 and 31-7). */
    private static boolean isCovered(Moc moc, double x, double y) {
        double theta = Math.asin(-y / HALF_HEIGHT);
        double sinLat = (2 * theta + Math.sin(2 * theta)) / Math.PI;
        double lon = -Math.PI * x / (HALF_WIDTH * Math.cos(theta));
        SkyPoint point = new SkyPoint(lon, Math.asin(Math.max(-1, Math.min(1, sinLat))));
        return moc.touchesCell(CELL_ORDER, CELLS.nestedAt(point));
    }

    private static String rings(Moc moc) {
        if (moc.skyFraction() > SMALL) {
            return "";
        }
        List<String> rings = new ArrayList<>();
        HealpixGrid grid = HealpixGrid.ofOrder(RING_ORDER);
        moc.degraded(RING_ORDER).forEachTouchedCell(RING_ORDER, (order, cell) -> {
            if (rings.size() < MAX_RINGS) {
                rings.add(ring(grid.centre(cell)));
            }
        });
        return String.join("", rings);
    }

    private static String ring(SkyPoint point) {
        double lon = point.lonRadians() > Math.PI ? point.lonRadians() - 2 * Math.PI : point.lonRadians();
        String[] place = coordinates(lon, point.latRadians()).split(" ", 2);
        return "<circle cx=\"" + place[0] + "\" cy=\"" + place[1] + "\" r=\"5\"/>";
    }

    private static String grid() {
        StringBuilder path = new StringBuilder();
        for (int degrees = -180 + GRID_DEGREES; degrees < 180; degrees += GRID_DEGREES) {
            double radius = Math.abs(degrees);
            path.append("M0 -90A%s 90 0 0 %s 0 90".formatted(radius, degrees > 0 ? 0 : 1));
        }
        for (int degrees = -90 + GRID_DEGREES; degrees < 90; degrees += GRID_DEGREES) {
            String end = coordinates(Math.PI, Math.toRadians(degrees));
            path.append('M').append(end).append('H').append(end.substring(1, end.indexOf(' ')));
        }
        return path.toString();
    }

    private static String coordinates(double lon, double lat) {
        double theta = theta(lat);
        return String.format(
                Locale.ROOT,
                "%.1f %.1f",
                -HALF_WIDTH * lon / Math.PI * Math.cos(theta),
                -HALF_HEIGHT * Math.sin(theta));
    }

    /** Solves 2θ + sin 2θ = π sin φ by Newton's method (Snyder 1987, eq. 31-4). */
    private static double theta(double lat) {
        double theta = lat;
        for (int i = 0; i < 30 && Math.abs(lat) < Math.PI / 2; i++) {
            theta -= (2 * theta + Math.sin(2 * theta) - Math.PI * Math.sin(lat)) / (2 + 2 * Math.cos(2 * theta));
        }
        return theta;
    }

    private static double square(double x) {
        return x * x;
    }
}
