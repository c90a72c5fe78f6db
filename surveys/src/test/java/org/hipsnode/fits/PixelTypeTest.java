package org.hipsnode.fits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PixelTypeTest {
    @ParameterizedTest
    @EnumSource(PixelType.class)
    void linesAreReadAndWrittenAsNumbersAre(PixelType type) {
        Random random = new Random(type.bitpix());
        for (int count = 0; count < 10; count++) {
            for (int first = 0; first < 3; first++) {
                byte[] data = new byte[16 * type.bytes()];
                random.nextBytes(data);
                double[] line = new double[14];
                type.read(data, first, line, 2, count);
                byte[] written = new byte[data.length];
                type.write(written, first, line, 2, count);
                for (int i = 0; i < count; i++) {
                    assertThat(line[2 + i]).isEqualTo(type.get(data, first + i));
                    assertThat(type.get(written, first + i)).isEqualTo(line[2 + i]);
                }
                assertThat(line[2 + count]).isZero();
                assertThat(type.get(written, first + count)).isZero();
            }
        }
    }
}
