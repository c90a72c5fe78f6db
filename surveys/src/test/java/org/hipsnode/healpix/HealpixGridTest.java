package org.hipsnode.healpix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.hipsnode.Oracle;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;
import org.junit.jupiter.api.Test;

class HealpixGridTest {

    @Test
    void agreesWithHealpyOnCentresRingNumbersAndNeighbours() {
        for (String[] row : Oracle.rows("healpix-pixels.tsv")) {
            HealpixGrid grid = HealpixGrid.ofOrder(Integer.parseInt(row[0]));
            long nested = Long.parseLong(row[1]);
            long ring = Long.parseLong(row[2]);
            SkyPoint centre = new SkyPoint(Oracle.number(row[3]), Oracle.number(row[4]));
            String pixel = grid + " pixel " + nested;
            assertThat(grid.nestedToRing(nested)).as(pixel).isEqualTo(ring);
            assertThat(grid.ringToNested(ring)).as(pixel).isEqualTo(nested);
            assertThat(grid.centre(nested).angleTo(centre)).as(pixel).isLessThan(2e-15);
            assertThat(Arrays.stream(grid.neighbours(nested))
                            .mapToObj(Long::toString)
                            .collect(Collectors.joining(",")))
                    .as(pixel)
                    .isEqualTo(row[5]);
        }
    }

    @Test
    void agreesWithHealpyOnPointsDownToTheTenthOfAMicroradianFromThePoles() {
        int atAnEdge = 0;
        for (String[] row : Oracle.rows("healpix-points.tsv")) {
            HealpixGrid grid = HealpixGrid.ofOrder(Integer.parseInt(row[0]));
            SkyPoint point = new SkyPoint(Oracle.number(row[1]), Oracle.number(row[2]));
            long expected = Long.parseLong(row[3]);
            long found = grid.nestedAt(point);
            if (found != expected) {
                // the two may differ where rounding decides on which side of an edge the point lies
                assertThat(distanceToCell(grid, expected, point))
                        .as("%s %s", grid, point)
                        .isLessThan(1e-15);
                atAnEdge++;
            }
        }
        assertThat(atAnEdge).isLessThan(3);
    }

    private static double distanceToCell(HealpixGrid grid, long cell, SkyPoint point) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= 1000; i++) {
            for (SkyPoint edge : new SkyPoint[] {
                grid.pointIn(cell, i / 1000.0, 0), grid.pointIn(cell, i / 1000.0, 1),
                grid.pointIn(cell, 0, i / 1000.0), grid.pointIn(cell, 1, i / 1000.0)
            }) {
                nearest = Math.min(nearest, edge.angleTo(point));
            }
        }
        return nearest;
    }

    @Test
    void everyPixelOfSmallOrdersIsFoundAgainFromItsCentreAndItsRingNumber() {
        for (int order = 0; order <= 6; order++) {
            HealpixGrid grid = HealpixGrid.ofOrder(order);
            for (long pixel = 0; pixel < grid.pixelCount(); pixel++) {
                assertThat(grid.nestedAt(grid.centre(pixel))).isEqualTo(pixel);
                assertThat(grid.ringToNested(grid.nestedToRing(pixel))).isEqualTo(pixel);
            }
        }
    }

    @Test
    void ringNumbersRunFromNorthToSouthAndEastwardsInARing() {
        HealpixGrid grid = HealpixGrid.ofOrder(4);
        SkyPoint last = grid.centre(grid.ringToNested(0));
        for (long ring = 1; ring < grid.pixelCount(); ring++) {
            SkyPoint here = grid.centre(grid.ringToNested(ring));
            boolean sameRing = Math.abs(here.latRadians() - last.latRadians()) < 1e-12;
            assertThat(sameRing ? here.lonRadians() > last.lonRadians() : here.latRadians() < last.latRadians())
                    .isTrue();
            last = here;
        }
    }

    @Property(tries = 5000)
    void pixelsOfAllOrdersAreFoundAgain(@ForAll @IntRange(max = 29) int order, @ForAll long random) {
        HealpixGrid grid = HealpixGrid.ofOrder(order);
        long pixel = Math.floorMod(random, grid.pixelCount());
        assertThat(grid.nestedAt(grid.centre(pixel))).isEqualTo(pixel);
        assertThat(grid.ringToNested(grid.nestedToRing(pixel))).isEqualTo(pixel);
        assertThat(grid.nested(grid.baseCell(pixel), grid.x(pixel), grid.y(pixel)))
                .isEqualTo(pixel);
    }

    @Property(tries = 5000)
    void aPointLiesInThePixelThatHoldsItAndInAllItsAncestors(
            @ForAll @Scale(15) @DoubleRange(min = 0, max = 6.283185307179586) double lon,
            @ForAll @Scale(15) @DoubleRange(min = -1, max = 1) double sine) {
        SkyPoint point = new SkyPoint(lon, Math.asin(sine));
        long deepest = HealpixGrid.ofOrder(29).nestedAt(point);
        for (int order = 0; order < 29; order++) {
            HealpixGrid grid = HealpixGrid.ofOrder(order);
            long pixel = grid.nestedAt(point);
            assertThat(grid.centre(pixel).angleTo(point)).isLessThan(HealpixGrid.MAX_STEP_TIMES_NSIDE / grid.nside());
            if (order < 20) {
                assertThat(deepest >> (2 * (29 - order))).isEqualTo(pixel);
            }
        }
    }

    @Property(tries = 5000)
    void aDirectionLeadsToThePixelThatHoldsItsPoint(
            @ForAll @IntRange(max = 20) int order,
            @ForAll @Scale(15) @DoubleRange(min = 0, max = 6.283185307179586) double lon,
            @ForAll @Scale(15) @DoubleRange(min = -1, max = 1) double sine) {
        HealpixGrid grid = HealpixGrid.ofOrder(order);
        SkyPoint point = new SkyPoint(lon, Math.asin(sine));
        long found = grid.nestedAt(point.vector());
        // at an edge rounding decides on which side of it the direction lies
        assertThat(found == grid.nestedAt(point) || distanceToCell(grid, found, point) < 1e-14)
                .isTrue();
    }

    @Test
    void thePolesBelongToTheCellsThatTouchThem() {
        for (int order = 0; order <= 29; order++) {
            HealpixGrid grid = HealpixGrid.ofOrder(order);
            long last = grid.nside() * grid.nside() - 1;
            assertThat(grid.nestedAt(new SkyPoint(0.1, Math.PI / 2))).isEqualTo(last);
            assertThat(grid.nestedAt(new SkyPoint(0.1, -Math.PI / 2))).isEqualTo(grid.nested(8, 0, 0));
            assertThat(grid.nestedAt(new UnitVector(0, 0, 1))).isEqualTo(last);
            assertThat(grid.nestedAt(new UnitVector(0, 0, -1))).isEqualTo(grid.nested(8, 0, 0));
        }
    }

    @Test
    void neighboursAreMutualAndTouch() {
        for (int order = 0; order <= 4; order++) {
            HealpixGrid grid = HealpixGrid.ofOrder(order);
            int missing = 0;
            for (long pixel = 0; pixel < grid.pixelCount(); pixel++) {
                Set<Long> distinct = new HashSet<>();
                for (long neighbour : grid.neighbours(pixel)) {
                    if (neighbour < 0) {
                        missing++;
                    } else {
                        assertThat(LongStream.of(grid.neighbours(neighbour))).contains(pixel);
                        distinct.add(neighbour);
                    }
                }
                assertThat(distinct).doesNotContain(pixel).hasSizeGreaterThanOrEqualTo(6);
            }
            // at each of the eight points where only three base cells meet, each of them lacks one
            assertThat(missing).isEqualTo(24);
        }
    }

    /** The bound on which the region search rests, tried on a fine net of steps. */
    @Test
    void noStepAlongAnEdgeIsLongerThanItsBound() {
        for (int order : new int[] {0, 1, 3, 6}) {
            HealpixGrid grid = HealpixGrid.ofOrder(order);
            double longest = 0;
            for (long pixel = 0; pixel < grid.pixelCount(); pixel += order < 6 ? 1 : 37) {
                for (int i = 0; i < 20; i++) {
                    for (int j = 0; j < 20; j++) {
                        double u = (i + 0.5) / 20;
                        double v = (j + 0.5) / 20;
                        SkyPoint here = grid.pointIn(pixel, u, v);
                        longest = Math.max(longest, here.angleTo(grid.pointIn(pixel, u + 1e-5, v)));
                        longest = Math.max(longest, here.angleTo(grid.pointIn(pixel, u, v + 1e-5)));
                    }
                }
            }
            assertThat(longest * 1e5 * grid.nside()).isBetween(1.0, HealpixGrid.MAX_STEP_TIMES_NSIDE);
        }
    }

    @Test
    void refusesOrdersAndPixelsThatDoNotExist() {
        assertThatThrownBy(() -> HealpixGrid.ofOrder(30)).hasMessageContaining("0 to 29, found 30");
        assertThatThrownBy(() -> HealpixGrid.ofOrder(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HealpixGrid.ofOrder(1).centre(48))
                .hasMessageContaining("0 to 47 at order 1, found 48");
        assertThatThrownBy(() -> HealpixGrid.ofOrder(1).ringToNested(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
