package org.hipsnode.generate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.hipsnode.config.ConfigException;
import org.junit.jupiter.api.Test;

class PixelCutTest {
    private static int kept(String text) throws ConfigException {
        PixelCut cut = PixelCut.parse(text);
        int kept = 0;
        for (int y = 0; y < 50; y++) {
            for (int x = 0; x < 100; x++) {
                kept += cut.depth(x, y, 100, 50) >= 0 ? 1 : 0;
            }
        }
        return kept;
    }

    @Test
    void keepsWhatLiesInside() throws ConfigException {
        assertThat(kept("0")).isEqualTo(5000);
        assertThat(kept("10")).isEqualTo(80 * 30);
        assertThat(kept("1,2,3,4")).isEqualTo(96 * 44);
        assertThat(kept("60")).isZero();
        assertThat(kept("ellipse")).isBetween(3900, 3950);
        assertThat(kept("ellipse 50 25 10 5")).isBetween(150, 164);
        assertThat(kept("ellipse 50,25,10,5,90")).isBetween(150, 164);
        assertThat(kept("polygon 10.5 10.5 20.5 10.5 20.5 20.5 10.5 20.5")).isEqualTo(100);
    }

    @Test
    void refusesWhatIsNoCut() {
        for (String text :
                new String[] {"", "-1", "1,2", "NaN", "circle 1 2 3", "polygon 1 2 3 4", "ellipse 1 2 0 3"}) {
            assertThatThrownBy(() -> PixelCut.parse(text)).isInstanceOf(ConfigException.class);
        }
    }

    @Property(tries = 300)
    void anyTextIsACutOrRefused(
            @ForAll @Chars({'1', '.', '-', ',', ' ', 'e', 'l', 'i', 'p', 's', 'N'}) @StringLength(max = 24)
                    String text) {
        try {
            assertThat(PixelCut.parse(text)).isNotNull();
        } catch (ConfigException e) {
            assertThat(e).hasMessageContaining("border");
        }
    }
}
