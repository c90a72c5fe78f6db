package org.hipsnode.generate.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.hipsnode.generate.render.Colormap;
import org.hipsnode.generate.render.Cut;
import org.hipsnode.generate.render.Display;
import org.hipsnode.generate.render.Numbers;
import org.hipsnode.generate.render.Stretch;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class LegendTest {
    private static Legend legend(double min, double max, Stretch stretch, String colormap, String unit) {
        return new Legend(new Display(new Cut(min, max), stretch, Colormap.named(colormap)), unit);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, LINEAR, 2 5 8",
        "-3, 120, LINEAR, 20 50 80",
        "-250, 250, LINEAR, -100 0 100",
        "0, 1, SQRT, 0.1 0.2 0.5",
        "0, 1, POW2, 0.5 0.7 0.9",
        "0, 1000, LOG, 5 50 200",
        "-0.0004, 0.0004, LINEAR, -0.0002 0 0.0002",
        "100, 110, LINEAR, 102 105 108",
        "1e20, 3e25, ASINH, 2E+24 5E+24 1.5E+25"
    })
    void ticksAreRound(double min, double max, Stretch stretch, String expected) {
        List<String> found = legend(min, max, stretch, "grey", "").ticks().stream()
                .map(tick -> Numbers.text(tick.value()))
                .toList();
        assertThat(String.join(" ", found)).isEqualTo(expected);
    }

    /** The place of a value is where the stretch of the keyword list puts it. */
    @Property
    void ticksStandWhereTheirColoursAre(
            @ForAll Stretch stretch,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double min,
            @ForAll @DoubleRange(min = 0.01, max = 1e6) double range) {
        Legend legend = legend(min, min + range, stretch, "grey", "");
        double before = 0;
        for (Legend.Tick tick : legend.ticks()) {
            assertThat(tick.place())
                    .isCloseTo(stretch.apply((tick.value() - min) / range), within(1e-6))
                    .isGreaterThan(before + 0.05)
                    .isLessThan(0.95);
            before = tick.place();
        }
    }

    private static Document page(HipsProperties keywords, Optional<Display> display) throws Exception {
        String page = new String(IndexPage.of(new SurveyProperties(keywords), display), StandardCharsets.UTF_8);
        assertThat(page).doesNotContain("{{");
        String legend = page.contains("<figure")
                ? page.substring(page.indexOf("<figure"), page.indexOf("</figure>") + "</figure>".length())
                : "<none/>";
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(legend)));
    }

    @Test
    void thePageSaysWhichValueHasWhichColour() throws Exception {
        Display display = new Display(new Cut(-0.5, 2000), Stretch.LOG, Colormap.named("planck"));
        Document legend = page(HipsProperties.empty().with("hips_bunit", "K<b>\"&'"), Optional.of(display));
        Element bar = (Element) legend.getElementsByTagName("svg").item(0);
        assertThat(bar.getAttribute("role")).isEqualTo("img");
        assertThat(bar.getAttribute("aria-label"))
                .isEqualTo("Colour bar: planck from -0.5 K<b>\"&' to 2000 K<b>\"&', stretch log");
        var stops = legend.getElementsByTagName("stop");
        assertThat(stops.getLength()).isEqualTo(7);
        Element third = (Element) stops.item(2);
        assertThat(third.getAttribute("offset")).isEqualTo("0.3333");
        assertThat(third.getAttribute("stop-color")).isEqualTo("#00ddff");
        assertThat(legend.getDocumentElement().getTextContent())
                .contains("-0.5", "2000 K<b>", "Stretch log, colour map planck", "without a value are transparent");
    }

    @Test
    void aSurveyWithoutPicturesHasNoLegend() throws Exception {
        assertThat(page(HipsProperties.empty(), Optional.empty())
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("none");
    }
}
