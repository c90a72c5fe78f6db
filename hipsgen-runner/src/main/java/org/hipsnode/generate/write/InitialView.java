package org.hipsnode.generate.write;

import java.util.Locale;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;

/**
 * Where a viewer should look first: at the middle of the coverage, wide enough to see all of it; for a survey of most of the
 * sky, at the origin of its frame.
 *
 * @param centre in ICRS
 */
public record InitialView(SkyPoint centre, double fovDegrees) {
    private static final int MEASURED_ORDER = 6;

    /** A field of fewer cells is measured by smaller ones. */
    private static final int FEW_CELLS = 64;

    /** The mean of unit vectors is this long where they are spread over most of the sky. */
    private static final double SPREAD = 0.25;

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
        int order = Math.min(MEASURED_ORDER, coverage.order());
        while (order < coverage.order() && coverage.countTouchedCells(order) < FEW_CELLS) {
            order++;
        }
        HealpixGrid grid = HealpixGrid.ofOrder(order);
        double[] sum = new double[4];
        coverage.forEachTouchedCell(order, (o, cell) -> {
            UnitVector v = grid.centre(cell).vector();
            sum[0] += v.x();
            sum[1] += v.y();
            sum[2] += v.z();
            sum[3]++;
        });
        double length = Math.sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]);
        if (length < SPREAD * sum[3] || sum[3] == 0) {
            return new InitialView(frame.toIcrs(new UnitVector(1, 0, 0)).point(), WHOLE_SKY_FOV);
        }
        UnitVector middle = UnitVector.towards(sum[0], sum[1], sum[2]);
        double[] reach = {grid.pixelSizeRadians()};
        coverage.forEachTouchedCell(
                order,
                (o, cell) -> reach[0] =
                        Math.max(reach[0], middle.angleTo(grid.centre(cell).vector())));
        double fov = Math.min(WHOLE_SKY_FOV, Math.toDegrees(2.2 * reach[0]));
        return new InitialView(frame.toIcrs(middle).point(), fov);
    }

    /** Sets the three keywords. */
    HipsProperties addTo(HipsProperties properties) {
        return properties
                .with("hips_initial_ra", String.format(Locale.ROOT, "%.5f", centre.lonDegrees()))
                .with("hips_initial_dec", String.format(Locale.ROOT, "%.5f", centre.latDegrees()))
                .with("hips_initial_fov", String.format(Locale.ROOT, "%.4f", fovDegrees));
    }
}
