package org.hipsnode.serve.describe;

import java.util.Optional;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.tile.TileAddress;

/**
 * A place in a survey where there is something to see, for examples.
 *
 * @param icrs the place; for a body, its own longitude and latitude
 * @param tile the deepest one there
 */
public record Sample(SkyPoint icrs, TileAddress tile) {

    /** Chooses where the survey says that one should look first, or else the first place that is covered. */
    public static Optional<Sample> of(SurveyProperties survey, Contents.Coverage coverage) {
        if (survey.order().isEmpty()
                || survey.order().getAsInt() < 0
                || survey.order().getAsInt() > HealpixGrid.MAX_ORDER) {
            return Optional.empty();
        }
        int order = survey.order().getAsInt();
        Frame frame = survey.frame().orElse(Frame.EQUATORIAL);
        Optional<SkyPoint> first = initial(survey);
        Frame mocFrame = coverage.frame().orElse(frame);
        Moc moc = coverage.moc();
        return first.map(p -> in(p, mocFrame))
                .filter(moc::contains)
                .map(p -> middle(moc, p))
                .or(() -> firstCovered(moc))
                .map(p -> at(mocFrame.toIcrs(p.vector()).point(), frame, order));
    }

    /** On the edge of two cells, others may count a place to the one that is not covered. */
    private static SkyPoint middle(Moc moc, SkyPoint covered) {
        HealpixGrid grid = HealpixGrid.ofOrder(moc.order());
        return grid.centre(grid.nestedAt(covered));
    }

    private static SkyPoint in(SkyPoint icrs, Frame frame) {
        return frame.fromIcrs(icrs.vector()).point();
    }

    private static Sample at(SkyPoint icrs, Frame frame, int order) {
        return new Sample(
                icrs, new TileAddress(order, HealpixGrid.ofOrder(order).nestedAt(in(icrs, frame))));
    }

    private static Optional<SkyPoint> initial(SurveyProperties survey) {
        double ra = survey.number("hips_initial_ra").orElse(Double.NaN);
        double dec = survey.number("hips_initial_dec").orElse(Double.NaN);
        return Double.isFinite(ra) && Math.abs(dec) <= 90 ? Optional.of(SkyPoint.ofDegrees(ra, dec)) : Optional.empty();
    }

    private static Optional<SkyPoint> firstCovered(Moc moc) {
        HealpixGrid grid = HealpixGrid.ofOrder(moc.order());
        long[] cell = {-1};
        moc.forEachRange((start, end) -> {
            if (cell[0] < 0) {
                cell[0] = start >> (2 * (HealpixGrid.MAX_ORDER - moc.order()));
            }
        });
        return cell[0] < 0 ? Optional.empty() : Optional.of(grid.centre(cell[0]));
    }
}
