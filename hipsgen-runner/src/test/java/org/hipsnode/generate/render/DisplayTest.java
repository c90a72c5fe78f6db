package org.hipsnode.generate.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTest {

    private static Display chosen(DoubleStream values) {
        return DisplayChooser.choose(Sample.of(values.toArray()), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void noiseRoundZeroIsDrawnLinearly() {
        Random random = new Random(1);
        Display display = chosen(DoubleStream.generate(random::nextGaussian).limit(20_000));
        assertThat(display.stretch()).isEqualTo(Stretch.LINEAR);
        assertThat(display.cut().min()).isCloseTo(-2.58, within(0.2));
        assertThat(display.cut().max()).isCloseTo(2.58, within(0.2));
    }

    @Test
    void aSkyWithABrightPlaneIsStretchedUntilItsMedianShows() {
        Random random = new Random(2);
        Display display =
                chosen(DoubleStream.generate(() -> 5 + random.nextGaussian() + 1000 * Math.pow(random.nextDouble(), 60))
                        .limit(20_000));
        assertThat(display.stretch()).isEqualTo(Stretch.LOG);
        Painter painter = new Painter(PixelFormat.of(PixelType.FLOAT64), display);
        byte[] median = new byte[8];
        PixelType.FLOAT64.put(median, 0, 5.2);
        assertThat(painter.paint(median, 0) & 0xff).isBetween(25, 170);
    }

    @Test
    void aMaskShowsItsTwoValues() {
        Display display = chosen(DoubleStream.iterate(0, i -> i + 1).limit(1000).map(i -> i % 10 == 0 ? 1 : 0));
        assertThat(display.stretch()).isEqualTo(Stretch.LINEAR);
        assertThat(display.cut()).isEqualTo(new Cut(0, 1));
    }

    @Test
    void aBackgroundThatMostOfTheSkySharesDoesNotHideTheRest() {
        Display display =
                chosen(DoubleStream.iterate(0, i -> i + 1).limit(10_000).map(i -> i < 9900 ? 0 : i));
        assertThat(display.cut().min()).isCloseTo(9900, within(2.0));
    }

    @Test
    void constantAndMissingValuesStillGiveACut() {
        assertThat(chosen(DoubleStream.of(7, 7, 7)).cut()).isEqualTo(new Cut(6.5, 7.5));
        assertThat(chosen(DoubleStream.of()).cut()).isEqualTo(new Cut(0, 1));
        assertThat(chosen(DoubleStream.of(Double.NaN, 1, Double.POSITIVE_INFINITY, 2))
                        .cut())
                .isEqualTo(new Cut(1, 2));
    }

    @Test
    void whatIsGivenIsTaken() {
        Display display = DisplayChooser.choose(
                Sample.of(new double[] {0, 1, 2, 3, 4}),
                Optional.of(CutRule.parse("25% 75%")),
                Optional.of(Stretch.SQRT),
                Optional.of(Colormap.named("viridis")));
        assertThat(display.cut()).isEqualTo(new Cut(1, 3));
        assertThat(display.toString()).isEqualTo("cut 1 3, stretch sqrt, colour map viridis");
    }

    @Test
    void readsCuts() {
        assertThat(CutRule.parse("-3 120")).isEqualTo(new CutRule(-3, 120, false));
        assertThat(CutRule.parse("-3,1e-5")).isEqualTo(new CutRule(-3, 1e-5, false));
        assertThat(CutRule.parse(" 0.5% , 99.5% ")).isEqualTo(new CutRule(0.5, 99.5, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1 2 3", "2 1", "1 1", "a b", "1% 2", "-1% 50%", "0% 101%", "NaN 1", "0 Infinity"})
    void refusesWhatIsNoCut(String text) {
        assertThatThrownBy(() -> CutRule.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void anyTextIsACutOrRefusedInOneWay(@ForAll String text) {
        try {
            CutRule.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("cut");
        }
    }

    @ParameterizedTest
    @EnumSource(Stretch.class)
    void everyStretchRisesFromZeroToOne(Stretch stretch) {
        assertThat(stretch.apply(0)).isZero();
        assertThat(stretch.apply(1)).isCloseTo(1, within(1e-12));
        for (double x = 0; x < 1; x += 0.01) {
            assertThat(stretch.apply(x + 0.01)).isGreaterThan(stretch.apply(x));
        }
        assertThat(Stretch.ofWord(stretch.keyword().toUpperCase(java.util.Locale.ROOT)))
                .contains(stretch);
    }

    @Test
    void theSquareHasTwoNamesAndOneKeyword() {
        assertThat(Stretch.ofWord("pow")).contains(Stretch.POW2);
        assertThat(Stretch.ofWord("POW2")).contains(Stretch.POW2);
        assertThat(Stretch.ofWord("power")).isEmpty();
        assertThat(Stretch.POW2.keyword()).isEqualTo("pow2");
    }

    @Property(tries = 300)
    void coloursFollowTheDefinition(
            @ForAll PixelType type, @ForAll Stretch stretch, @ForAll @IntRange(min = 0, max = 200) int stored) {
        PixelFormat format = new PixelFormat(type, -2, 50, null);
        Display display = new Display(new Cut(-300, 20), stretch, Colormap.named("grey"));
        byte[] data = new byte[type.bytes()];
        type.put(data, 0, stored);
        double x = Math.max(0, Math.min(1, (50 - 2 * stored + 300) / 320.0));
        int expected = 1 + Math.min(254, (int) (255 * stretch.apply(x)));
        assertThat(new Painter(format, display).paint(data, 0) & 0xff).isCloseTo(expected, within(1));
    }

    @Test
    void blanksHaveTheirOwnColour() {
        Painter painter = new Painter(
                PixelFormat.of(PixelType.FLOAT32), new Display(new Cut(0, 1), Stretch.LINEAR, Colormap.named("grey")));
        byte[] data = new byte[4 * 4];
        double[] values = {Double.NaN, -5, 0.5, 5};
        for (int i = 0; i < 4; i++) {
            PixelType.FLOAT32.put(data, i, values[i]);
        }
        // bottom line first in, top line first out
        assertThat(painter.paint(data, 2, 2).numbers()).containsExactly(128, 255, 0, 1);
    }

    @Test
    void colourMapsHaveTheirEndsAndTheirNames() {
        assertThat(Colormap.names())
                .containsExactly(
                        "grey", "viridis", "magma", "inferno", "plasma", "cividis", "rdbu_r", "planck", "planck-log");
        assertThat(Colormap.named("grey").colour(0)).isZero();
        assertThat(Colormap.named("grey").colour(1)).isEqualTo(0xffffff);
        assertThat(Colormap.named("grey").isGrey()).isTrue();
        assertThat(Colormap.named("viridis").colour(0)).isEqualTo(0x440154);
        assertThat(Colormap.named("viridis").isGrey()).isFalse();
        assertThatThrownBy(() -> Colormap.named("viridus")).hasMessageContaining("did you mean 'viridis'?");
    }

    /** Lines of the tables of 256 that the Planck collaboration published (there cut off or with fractions, hence 1). */
    @ParameterizedTest
    @CsvSource({
        "planck, 0, 0, 0, 255",
        "planck, 1, 0, 2, 255",
        "planck, 20, 0, 53, 255",
        "planck, 42, 0, 112, 255",
        "planck, 60, 0, 157, 255",
        "planck, 85, 0, 221, 255",
        "planck, 100, 91, 226, 241",
        "planck, 127, 255, 237, 217",
        "planck, 128, 255, 235, 211",
        "planck, 150, 255, 206, 100",
        "planck, 170, 255, 180, 0",
        "planck, 200, 255, 105, 0",
        "planck, 230, 190, 43, 0",
        "planck, 254, 103, 1, 0",
        "planck, 255, 100, 0, 0",
        "planck-log, 1, 0.77, 1.54, 255",
        "planck-log, 20, 20.77, 108.31, 255",
        "planck-log, 60, 213.77, 239.62, 246.92",
        "planck-log, 100, 247.77, 235.39, 133.46",
        "planck-log, 128, 239.31, 147.12, 11.77",
        "planck-log, 150, 174, 42.27, 24.62",
        "planck-log, 200, 194.19, 194.19, 219.69",
        "planck-log, 254, 251.99, 251.99, 254.77",
        "rdbu_r, 0, 5, 48, 97",
        "rdbu_r, 127.5, 247, 247, 247",
        "rdbu_r, 255, 103, 0, 31",
        // matplotlib 3.6.3
        "magma, 128, 183, 55, 121",
        "plasma, 128, 204, 71, 120"
    })
    void colourMapsAreThosePublished(String name, double place, double red, double green, double blue) {
        int colour = Colormap.named(name).colour(place / 255);
        assertThat(colour >> 16).isCloseTo((int) Math.round(red), within(1));
        assertThat(colour >> 8 & 0xff).isCloseTo((int) Math.round(green), within(1));
        assertThat(colour & 0xff).isCloseTo((int) Math.round(blue), within(1));
    }

    /** Any colour between two control points lies between them. */
    @Property
    void coloursAreBlended(@ForAll @IntRange(max = 1000) int thousandths) {
        int colour = Colormap.named("grey").colour(thousandths / 1000.0);
        assertThat(colour & 0xff).isCloseTo((int) Math.round(thousandths * 0.255), within(1));
    }
}
