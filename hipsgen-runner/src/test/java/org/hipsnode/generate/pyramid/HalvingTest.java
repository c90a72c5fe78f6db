package org.hipsnode.generate.pyramid;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.tile.PixelOrder;
import org.junit.jupiter.api.Test;

class HalvingTest {

    /** The slow twin: in NESTED order, pixel i of the parent is made of pixels 4i to 4i + 3 of the four children in a row. */
    @Property(tries = 300)
    void everyPixelIsTheMeanOfTheFourBelowIt(
            @ForAll PixelType type,
            @ForAll @IntRange(max = 4) int log2Width,
            @ForAll long seed,
            @ForAll boolean blanks) {
        int width = 1 << log2Width;
        Random random = new Random(seed);
        PixelFormat format =
                type.isFloating() ? PixelFormat.of(type) : PixelFormat.of(type).withBlank(type.smallest());
        List<byte[]> children = new ArrayList<>();
        for (int quarter = 0; quarter < 4; quarter++) {
            children.add(blanks && random.nextInt(5) == 0 ? Halving.BLANK : tile(format, width, random, blanks));
        }
        byte[] parent = new Halving(format, width).parent(children);
        for (long i = 0; i < (long) width * width; i++) {
            assertPixel(format, width, children, parent, i);
        }
    }

    private static byte[] tile(PixelFormat format, int width, Random random, boolean blanks) {
        PixelType type = format.type();
        byte[] tile = new byte[width * width * type.bytes()];
        for (int i = 0; i < width * width; i++) {
            if (blanks && random.nextInt(3) == 0) {
                format.putBlank(tile, i);
            } else if (type.isFloating()) {
                type.put(tile, i, (float) random.nextGaussian() * 1e3);
            } else {
                long value = random.nextLong() >> (64 - Math.abs(type.bitpix()));
                type.putLong(tile, i, type == PixelType.UINT8 ? value & 0xff : Math.max(value, type.smallest() + 1));
            }
        }
        return tile;
    }

    private static void assertPixel(PixelFormat format, int width, List<byte[]> children, byte[] parent, long nested) {
        List<BigDecimal> below = new ArrayList<>();
        for (long k = 4 * nested; k < 4 * nested + 4; k++) {
            byte[] child = children.get((int) (k / ((long) width * width)));
            int offset = PixelOrder.fitsOffset(width, k % ((long) width * width));
            if (child.length > 0 && !format.isBlank(child, offset)) {
                below.add(value(format, child, offset));
            }
        }
        int offset = PixelOrder.fitsOffset(width, nested);
        if (below.isEmpty()) {
            assertThat(format.isBlank(parent, offset)).isTrue();
            return;
        }
        BigDecimal sum = below.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal count = BigDecimal.valueOf(below.size());
        BigDecimal found = value(format, parent, offset);
        if (format.type().isFloating()) {
            double mean = sum.doubleValue() / below.size();
            double tolerance = format.type() == PixelType.FLOAT32 ? 1e-7 : 1e-14;
            assertThat(Math.abs(found.doubleValue() - mean)).isLessThanOrEqualTo(tolerance * 4e3);
        } else {
            // rounded half up, and away from the blank number
            BigDecimal mean = sum.divide(count, 10, RoundingMode.FLOOR)
                    .add(new BigDecimal("0.5"))
                    .setScale(0, RoundingMode.FLOOR);
            boolean wouldBeBlank = mean.longValueExact() == format.type().smallest();
            assertThat(found).isEqualByComparingTo(wouldBeBlank ? mean.add(BigDecimal.ONE) : mean);
        }
    }

    private static BigDecimal value(PixelFormat format, byte[] data, int index) {
        return format.type().isFloating()
                ? new BigDecimal(format.type().get(data, index))
                : BigDecimal.valueOf(format.type().getLong(data, index));
    }

    @Test
    void meansOfTheLargestNumbersDoNotOverflow() {
        PixelFormat format = PixelFormat.of(PixelType.INT64);
        byte[] most = new byte[8];
        PixelType.INT64.putLong(most, 0, Long.MAX_VALUE);
        byte[] parent = new Halving(format, 1).parent(List.of(most, most, most, most));
        assertThat(PixelType.INT64.getLong(parent, 0)).isEqualTo(Long.MAX_VALUE);
        PixelFormat doubles = PixelFormat.of(PixelType.FLOAT64);
        byte[] huge = new byte[8];
        PixelType.FLOAT64.put(huge, 0, Double.MAX_VALUE);
        assertThat(PixelType.FLOAT64.get(new Halving(doubles, 1).parent(List.of(huge, huge, huge, huge)), 0))
                .isEqualTo(Double.MAX_VALUE);
    }
}
