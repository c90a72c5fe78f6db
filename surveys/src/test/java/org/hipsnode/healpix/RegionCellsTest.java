package org.hipsnode.healpix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.hipsnode.Oracle;
import org.hipsnode.sky.SkyPoint;
import org.junit.jupiter.api.Test;

class RegionCellsTest {

    @Test
    void conesTouchTheCellsThatBruteForceFinds() {
        for (String[] row : Oracle.rows("healpix-cones.tsv")) {
            int order = Integer.parseInt(row[0]);
            Cone cone = Cone.around(new SkyPoint(Oracle.number(row[1]), Oracle.number(row[2])), Oracle.number(row[3]));
            assertTouches(cone, order, cells(row[4]));
        }
    }

    @Test
    void polygonsTouchTheCellsThatBruteForceFindsWhicheverWayRoundTheyAreDrawn() {
        for (String[] row : Oracle.rows("healpix-polygons.tsv")) {
            int order = Integer.parseInt(row[0]);
            List<SkyPoint> corners = new ArrayList<>();
            for (String corner : row[1].split(";")) {
                String[] lonLat = corner.split(",");
                corners.add(new SkyPoint(Oracle.number(lonLat[0]), Oracle.number(lonLat[1])));
            }
            assertTouches(Polygon.of(corners), order, cells(row[2]));
            java.util.Collections.reverse(corners);
            assertTouches(Polygon.of(corners), order, cells(row[2]));
        }
    }

    /** The oracle samples boundaries 128 times a side, so it may miss a touch shallower than its sagitta. */
    private static void assertTouches(Region region, int order, List<Long> expected) {
        List<Long> found = touching(region, order);
        assertThat(found).isSorted().containsAll(expected);
        List<Long> extra = new ArrayList<>(found);
        extra.removeAll(expected);
        HealpixGrid grid = HealpixGrid.ofOrder(order);
        for (long cell : extra) {
            double deepest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i <= 20_000; i++) {
                for (SkyPoint p : new SkyPoint[] {
                    grid.pointIn(cell, i / 20_000.0, 0), grid.pointIn(cell, i / 20_000.0, 1),
                    grid.pointIn(cell, 0, i / 20_000.0), grid.pointIn(cell, 1, i / 20_000.0)
                }) {
                    deepest = Math.max(deepest, region.depth(p.vector()));
                }
            }
            assertThat(deepest).as("cell %d of order %d", cell, order).isGreaterThan(-1e-9 / grid.nside());
        }
    }

    private static List<Long> touching(Region region, int order) {
        List<Long> found = new ArrayList<>();
        RegionCells.touching(region, order, (o, cell) -> {
            int shift = 2 * (order - o);
            for (long c = cell << shift; c < (cell + 1) << shift; c++) {
                found.add(c);
            }
        });
        return found;
    }

    private static List<Long> cells(String text) {
        return Arrays.stream(text.split(",")).map(Long::valueOf).toList();
    }

    @Property(tries = 200)
    void everyPointOfAConeIsInATouchedCell(
            @ForAll @Scale(15) @DoubleRange(min = 0, max = 6.28) double lon,
            @ForAll @Scale(15) @DoubleRange(min = -1.5707, max = 1.5707) double lat,
            @ForAll @Scale(15) @DoubleRange(max = 0.5) double radius,
            @ForAll @IntRange(max = 6) int order) {
        SkyPoint centre = new SkyPoint(lon, lat);
        List<Long> cells = touching(Cone.around(centre, radius), order);
        HealpixGrid grid = HealpixGrid.ofOrder(order);
        for (int i = 0; i < 32; i++) {
            SkyPoint p = offset(centre, i * Math.PI / 16, radius * (1 - 1e-9) * (i % 4) / 3.0);
            assertThat(cells).contains(grid.nestedAt(p));
        }
    }

    /** Returns the point at an angle from a centre in the direction of a position angle. */
    private static SkyPoint offset(SkyPoint centre, double positionAngle, double angle) {
        double sinLat = Math.sin(centre.latRadians()) * Math.cos(angle)
                + Math.cos(centre.latRadians()) * Math.sin(angle) * Math.cos(positionAngle);
        double lat = Math.asin(Math.max(-1, Math.min(1, sinLat)));
        double lon = centre.lonRadians()
                + Math.atan2(
                        Math.sin(positionAngle) * Math.sin(angle) * Math.cos(centre.latRadians()),
                        Math.cos(angle) - Math.sin(centre.latRadians()) * sinLat);
        return new SkyPoint(lon, lat);
    }

    @Test
    void aConeOfNoRadiusTouchesTheCellThatHoldsIt() {
        SkyPoint point = SkyPoint.ofDegrees(10, 10);
        for (int order : new int[] {0, 3, 12, 29}) {
            assertThat(touching(Cone.around(point, 0), order))
                    .containsExactly(HealpixGrid.ofOrder(order).nestedAt(point));
        }
    }

    @Test
    void theWholeSkyIsTwelveCells() {
        List<String> found = new ArrayList<>();
        RegionCells.touching(
                new Cone(SkyPoint.ofDegrees(0, 0).vector(), Math.PI),
                2,
                (order, cell) -> found.add(order + "/" + cell));
        assertThat(found).contains("0/4").hasSizeLessThan(12 * 16);
        assertThat(touching(new Cone(SkyPoint.ofDegrees(0, 0).vector(), Math.PI), 2))
                .hasSize(192);
    }

    @Test
    void aConcavePolygonLeavesItsNotchOut() {
        Polygon u = Polygon.of(degrees(0, 0, 30, 0, 30, 30, 20, 30, 20, 10, 10, 10, 10, 30, 0, 30));
        assertThat(u.contains(SkyPoint.ofDegrees(15, 5).vector())).isTrue();
        assertThat(u.contains(SkyPoint.ofDegrees(5, 25).vector())).isTrue();
        assertThat(u.contains(SkyPoint.ofDegrees(15, 25).vector())).isFalse();
        assertThat(touching(u, 6))
                .doesNotContain(HealpixGrid.ofOrder(6).nestedAt(SkyPoint.ofDegrees(15, 25)))
                .contains(HealpixGrid.ofOrder(6).nestedAt(SkyPoint.ofDegrees(25, 25)));
    }

    @Test
    void refusesWhatIsNoPolygonOrCone() {
        assertThatThrownBy(() -> Polygon.of(degrees(0, 0, 1, 1))).hasMessageContaining("at least 3 vertices, found 2");
        assertThatThrownBy(() -> Polygon.of(degrees(0, 0, 90, 0, 180, 0, 270, 1)))
                .hasMessageContaining("hemisphere");
        assertThatThrownBy(() -> new Cone(SkyPoint.ofDegrees(0, 0).vector(), -1))
                .hasMessageContaining("-1.0");
    }

    private static List<SkyPoint> degrees(double... lonLat) {
        List<SkyPoint> points = new ArrayList<>();
        for (int i = 0; i < lonLat.length; i += 2) {
            points.add(SkyPoint.ofDegrees(lonLat[i], lonLat[i + 1]));
        }
        return points;
    }
}
