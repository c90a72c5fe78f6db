package org.hipsnode.generate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.plan.Layout;
import org.hipsnode.generate.plan.Origin;
import org.hipsnode.generate.render.Colormap;
import org.hipsnode.generate.render.Cut;
import org.hipsnode.generate.render.Display;
import org.hipsnode.generate.render.Stretch;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HipsgenRunsTest {
    private static final Layout LAYOUT = Layout.forMap(Frame.GALACTIC, 6, OptionalInt.empty(), OptionalInt.empty());
    private static final PixelFormat FLOATS = PixelFormat.of(PixelType.FLOAT32);
    private static final Display DISPLAY = new Display(new Cut(-3, 120.5), Stretch.ASINH, Colormap.named("grey"));

    private static GenerationPlan plan(Layout layout, PixelFormat pixels, Display display, TileFormat... formats) {
        return new GenerationPlan(
                new Origin("a map", Origin.scaleDegrees(layout.pixelOrder()), pixels.type(), "none"),
                layout,
                pixels,
                List.of(formats),
                display,
                new Moc.Builder(layout.sourceOrder())
                        .add(layout.sourceOrder(), 0)
                        .build(),
                1,
                HipsProperties.empty().with("creator_did", "ivo://test/P/map=1"));
    }

    private static List<List<String>> runs(TileFormat... formats) throws ConfigException {
        return HipsgenRuns.of(plan(LAYOUT, FLOATS, DISPLAY, formats), 2).arguments();
    }

    @Test
    void saysAllOfThePlanAndNamesNoAction() throws ConfigException {
        assertThat(runs(TileFormat.PNG, TileFormat.FITS))
                .containsExactly(List.of(
                        "in=map.fits",
                        "out=survey",
                        "id=ivo://test/P/map-1",
                        "frame=galactic",
                        "order=3",
                        "pixelCut=-3.0 120.5 asinh",
                        "maxThread=2"));
    }

    @Test
    void jpegIsASecondRun() throws ConfigException {
        List<List<String>> runs = runs(TileFormat.JPEG);
        assertThat(runs).hasSize(2);
        assertThat(runs.get(0)).isEqualTo(runs(TileFormat.FITS).get(0));
        assertThat(runs.get(1))
                .containsExactly(
                        "out=survey",
                        "id=ivo://test/P/map-1",
                        "frame=galactic",
                        "order=3",
                        "pixelCut=-3.0 120.5 asinh",
                        "maxThread=2",
                        "JPEG");
    }

    /** Aladin 12.001 refuses any other word. */
    @ParameterizedTest
    @CsvSource({"LINEAR, linear", "SQRT, sqrt", "ASINH, asinh", "LOG, log", "POW2, pow2"})
    void everyStretchHasItsWord(Stretch stretch, String word) throws ConfigException {
        Display display = new Display(new Cut(1e-7, 2.5e9), stretch, Colormap.named("grey"));
        assertThat(HipsgenRuns.of(plan(LAYOUT, FLOATS, display), 1).arguments().get(0))
                .contains("pixelCut=1.0E-7 2.5E9 " + word);
    }

    @ParameterizedTest
    @CsvSource({"EQUATORIAL, equatorial", "GALACTIC, galactic", "ECLIPTIC, ecliptic"})
    void everyFrameHasItsWord(Frame frame, String word) throws ConfigException {
        Layout layout = Layout.forMap(frame, 6, OptionalInt.of(16), OptionalInt.empty());
        assertThat(HipsgenRuns.of(plan(layout, FLOATS, DISPLAY), 1).arguments().get(0))
                .contains("frame=" + word, "order=2");
    }

    private static void assertRefused(GenerationPlan plan, String... message) {
        assertThatThrownBy(() -> HipsgenRuns.of(plan, 1))
                .isInstanceOf(ConfigException.class)
                .message()
                .startsWith("the engine aladin cannot do ")
                .contains(message)
                .endsWith(", or use --engine native");
    }

    @Test
    void refusesToLeaveOutOrdersAndNamesTheWidthThatDoesIt() {
        Layout low = Layout.forMap(Frame.GALACTIC, 6, OptionalInt.empty(), OptionalInt.of(1));
        assertRefused(plan(low, FLOATS, DISPLAY), "--order 1", "give --tile-width 32 instead");
    }

    @Test
    void refusesTilesOfOnePixel() {
        Layout narrow = Layout.forMap(Frame.GALACTIC, 3, OptionalInt.empty(), OptionalInt.empty());
        assertThat(narrow.tileWidth()).isEqualTo(1);
        assertRefused(plan(narrow, FLOATS, DISPLAY), "tile width 1", "give --tile-width 2");
    }

    @Test
    void refusesNumbersThatHipsgenLoses() {
        assertRefused(plan(LAYOUT, PixelFormat.of(PixelType.INT64), DISPLAY), "64-bit integers", "zeros");
        PixelFormat integers = PixelFormat.of(PixelType.INT32);
        assertRefused(plan(LAYOUT, integers.withBlank(-1), DISPLAY), "scale, zero or blank");
        assertRefused(plan(LAYOUT, new PixelFormat(PixelType.INT16, 0.1, 0, null), DISPLAY), "scale, zero or blank");
        assertRefused(plan(LAYOUT, new PixelFormat(PixelType.INT16, 1, 32768, null), DISPLAY), "scale, zero or blank");
    }

    @Test
    void refusesWebp() {
        assertThatThrownBy(() -> runs(TileFormat.WEBP)).hasMessageContaining("cannot do webp: Hipsgen writes fits");
    }

    @Test
    void refusesColours() {
        Display colours = new Display(new Cut(0, 1), Stretch.LINEAR, Colormap.named("inferno"));
        assertRefused(plan(LAYOUT, FLOATS, colours), "--colormap inferno");
    }
}
