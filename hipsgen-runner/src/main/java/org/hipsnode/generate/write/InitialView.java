package org.hipsnode.generate.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;

/**
 * Where a viewer should look first: at the middle of the smallest circle around the coverage, wide enough to see all of it; for a
 * survey of most of the sky, at the origin of its frame.
 *
 * @param centre in ICRS
 */
public record InitialView(SkyPoint centre, double fovDegrees) {
    private static final int MEASURED_ORDER = 6;

    /** A field of fewer cells is measured by smaller ones: the view is right within a hundredth of it. */
    private static final int FEW_CELLS = 1024;

    /** The mean of unit vectors is this long where they are spread over most of the sky. */
    private static final double SPREAD = 0.25;

    /** Around what reaches farther from its mean there may be no circle smaller than a hemisphere. */
    private static final double WIDE = Math.toRadians(60);

    private static final double MARGIN = 1.1;
    private static final double WHOLE_SKY_FOV = 180;

    /** Chooses the view of a survey; values that the keywords give already are kept. */
    public static InitialView of(Moc coverage, Frame frame, HipsProperties keywords) {
        InitialView chosen = of(coverage, frame);
        SurveyProperties given = new SurveyProperties(keywords);
        double ra = given.number("hips_initial_ra").orElse(chosen.centre.lonDegrees());
        double dec = given.number("hips_initial_dec").orElse(chosen.centre.latDegrees());
        return new InitialView(
                SkyPoint.ofDegrees(ra, dec), given.number("hips_initial_fov").orElse(chosen.fovDegrees));
    }

    private static InitialView of(Moc coverage, Frame frame) {
        if (coverage.isFullSky()) {
            return wholeSky(frame);
        }
        int order = Math.min(MEASURED_ORDER, coverage.order());
        while (order < coverage.order() && coverage.countTouchedCells(order) < FEW_CELLS) {
            order++;
        }
        HealpixGrid grid = HealpixGrid.ofOrder(order);
        List<UnitVector> cells = new ArrayList<>();
        coverage.forEachTouchedCell(
                order, (o, cell) -> cells.add(grid.centre(cell).vector()));
        double[] sum = sum(cells);
        double length = Math.sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
        if (length < SPREAD * cells.size() || cells.isEmpty()) {
            return wholeSky(frame);
        }
        UnitVector mean = UnitVector.towards(sum[0], sum[1], sum[2]);
        UnitVector middle =
                reach(mean, cells) > WIDE ? mean : SmallestCap.around(cells).centre();
        double radius = Math.max(grid.pixelSizeRadians(), reach(middle, cells));
        return new InitialView(
                frame.toIcrs(middle).point(), Math.min(WHOLE_SKY_FOV, Math.toDegrees(MARGIN * 2 * radius)));
    }

    private static InitialView wholeSky(Frame frame) {
        return new InitialView(frame.toIcrs(new UnitVector(1, 0, 0)).point(), WHOLE_SKY_FOV);
    }

    private static double[] sum(List<UnitVector> cells) {
        double[] sum = new double[3];
        for (UnitVector cell : cells) {
            sum[0] += cell.x();
            sum[1] += cell.y();
            sum[2] += cell.z();
        }
        return sum;
    }

    private static double reach(UnitVector middle, List<UnitVector> cells) {
        return cells.stream().mapToDouble(middle::angleTo).max().orElse(0);
    }

    /** Sets the three keywords. */
    HipsProperties addTo(HipsProperties properties) {
        return properties
                .with("hips_initial_ra", String.format(Locale.ROOT, "%.5f", centre.lonDegrees()))
                .with("hips_initial_dec", String.format(Locale.ROOT, "%.5f", centre.latDegrees()))
                .with("hips_initial_fov", String.format(Locale.ROOT, "%.4f", fovDegrees));
    }
}
