package org.hipsnode.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GzipTest {

    private static byte[] packed(int zeros) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[zeros]);
        }
        return packed.toByteArray();
    }

    @Test
    void knowsTheMagicNumber() throws IOException {
        assertThat(Gzip.isGzip(packed(1))).isTrue();
        assertThat(Gzip.isGzip(new byte[] {0x1f})).isFalse();
        assertThat(Gzip.isGzip(new byte[] {(byte) 0x8b, 0x1f})).isFalse();
        assertThat(Gzip.isGzip(new byte[0])).isFalse();
    }

    @Test
    void refusesABombAfterTheLimit() throws IOException {
        byte[] bomb = packed(50_000_000);
        assertThat(bomb).hasSizeLessThan(100_000);
        assertThatThrownBy(() -> Gzip.unpack(bomb, 1000, "bomb.fits"))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("bomb.fits");
        assertThat(Gzip.unpack(packed(1000), 1000, "fits")).hasSize(1000);
    }

    @Test
    void namesTheObjectThatIsDamaged() throws IOException {
        byte[] whole = packed(1000);
        assertThatThrownBy(() -> Gzip.unpack(Arrays.copyOf(whole, whole.length - 6), 1000, "a.fits"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("'a.fits'")
                .hasMessageContaining("gzip");
        assertThatThrownBy(() -> Gzip.unpack(new byte[] {1, 2, 3}, 1000, "a.fits"))
                .isInstanceOf(MalformedDataException.class);
    }

    @Property(tries = 500)
    void unpacksOrRefusesWhateverIsFlipped(
            @ForAll @IntRange(min = 2, max = 30) int place, @ForAll byte value, @ForAll @IntRange(max = 40) int length)
            throws IOException {
        byte[] packed = Arrays.copyOf(packed(1000), Math.max(place + 1, length));
        packed[place] = value;
        try {
            assertThat(Gzip.unpack(packed, 2000, "fuzz")).hasSizeLessThanOrEqualTo(2000);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("fuzz");
        }
    }
}
