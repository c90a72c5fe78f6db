package org.hipsnode.healpix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.Oracle;
import org.junit.jupiter.api.Test;

class RingInterpolationTest {

    @Test
    void agreesWithHealpyOnPixelsAndWeights() {
        for (String[] row : Oracle.rows("healpix-interpolation.tsv")) {
            HealpixGrid grid = HealpixGrid.ofOrder(Integer.parseInt(row[0]));
            SortedMap<Long, Double> found = around(grid, Oracle.number(row[1]), Oracle.number(row[2]));
            SortedMap<Long, Double> expected = new TreeMap<>();
            for (String pair : row[3].split(",")) {
                expected.put(
                        Long.parseLong(pair.substring(0, pair.indexOf(':'))),
                        Oracle.number(pair.substring(pair.indexOf(':') + 1)));
            }
            String point = String.join(" ", row);
            // a pixel of weight zero, or nearly, may be one or the other where a point lies on a line between centres
            found.values().removeIf(weight -> weight < 1e-9);
            expected.values().removeIf(weight -> weight < 1e-9);
            assertThat(found.keySet()).as(point).isEqualTo(expected.keySet());
            expected.forEach(
                    (pixel, weight) -> assertThat(found.get(pixel)).as(point).isCloseTo(weight, within(1e-8)));
        }
    }

    private static SortedMap<Long, Double> around(HealpixGrid grid, double lon, double lat) {
        RingInterpolation around = new RingInterpolation(grid);
        around.find(lat, lon);
        SortedMap<Long, Double> weights = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            weights.merge(grid.nestedToRing(around.pixel(i)), around.weight(i), Double::sum);
        }
        return weights;
    }
}
