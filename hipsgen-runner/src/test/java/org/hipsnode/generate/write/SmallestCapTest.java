package org.hipsnode.generate.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;
import org.junit.jupiter.api.Test;

class SmallestCapTest {
    private static double reach(UnitVector centre, List<UnitVector> directions) {
        return directions.stream().mapToDouble(centre::angleTo).max().orElseThrow();
    }

    private static UnitVector moved(UnitVector centre, double x, double y, double z) {
        return UnitVector.towards(centre.x() + x, centre.y() + y, centre.z() + z);
    }

    /** Nothing is outside, and however the centre is moved something is farther away. */
    @Property(tries = 100)
    void noSmallerCircleHoldsThem(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 200) int count,
            @ForAll @IntRange(max = 17) int halved) {
        double size = 0.9 / (1 << halved);
        UnitVector middle = new SkyPoint(7 * random.nextDouble(), 3 * random.nextDouble() - 1.5).vector();
        List<UnitVector> directions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            directions.add(moved(
                    middle,
                    size * (random.nextDouble() - 0.5),
                    size * (random.nextDouble() - 0.5),
                    size * (random.nextDouble() - 0.5)));
        }
        UnitVector centre = SmallestCap.around(directions).centre();
        double radius = reach(centre, directions);
        double step = 0.01 * size;
        for (int i = 0; i < 20; i++) {
            UnitVector other = moved(
                    centre,
                    step * (random.nextDouble() - 0.5),
                    step * (random.nextDouble() - 0.5),
                    step * (random.nextDouble() - 0.5));
            assertThat(reach(other, directions)).isGreaterThanOrEqualTo(radius * (1 - 1e-6));
        }
    }

    @Test
    void aFieldIsSeenFromItsMiddleThoughMostOfItLiesAtOneSide() {
        List<UnitVector> directions =
                new ArrayList<>(List.of(SkyPoint.ofDegrees(10, 0).vector()));
        for (int i = 0; i < 500; i++) {
            directions.add(SkyPoint.ofDegrees(12 + 1e-5 * i, 0).vector());
        }
        SkyPoint centre = SmallestCap.around(directions).centre().point();
        assertThat(centre.lonDegrees()).isCloseTo(11.0025, within(1e-3));
        assertThat(centre.latDegrees()).isCloseTo(0, within(1e-9));
    }
}
