package org.hipsnode.serve.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.moc.Moc;
import org.hipsnode.serve.Surveys;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeTest {

    private static Kind kind(String text) {
        return Kind.of(Surveys.properties(text));
    }

    @Test
    void aSurveyIsFoundByWhatItSays() {
        assertThat(
                        kind(
                                "obs_collection = 2MASS\nobs_regime = infrared\nobs_regime = Optical\nhips_frame = equatorial\n"))
                .isEqualTo(new Kind(Optional.of("2MASS"), List.of("Infrared", "Optical"), "equatorial", "image"));
        assertThat(kind("facility_name = ESO\nobs_collection = X\n").mission()).contains("ESO");
        assertThat(kind("client_category = Image/Radio/Planck\n").regimes()).containsExactly("Radio");
        assertThat(kind("obs_regime = Radio, Optical\n").regimes()).containsExactly("Radio", "Optical");
        assertThat(kind("hips_frame = mars\nhips_body = Mars\n").frame()).isEqualTo("mars");
        assertThat(kind("dataproduct_type = catalog\n").type()).isEqualTo("catalogue");
        assertThat(kind("dataproduct_subtype = color live\n").type()).isEqualTo("colour image");
        assertThat(kind("dataproduct_type = spectral-cube\n").type()).isEqualTo("cube");
        assertThat(kind("")).isEqualTo(new Kind(Optional.empty(), List.of(), "not said", "image"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "q=carbon, true",
        "q=CARBON+planck, true",
        "q=carbon+dust, false",
        "q=ivo%3A%2F%2Ftest, true",
        "q=planck/co, true",
        "mission=Planck&regime=radio&frame=galactic&type=image, true",
        "mission=planck, true",
        "mission=Plan, false",
        "regime=Optical, false",
        "type=cube, false",
        "frame=equatorial, false",
        "other=1, true",
        "q=%zz, true",
        "q=%E6%98%9F, false"
    })
    void theQuerySaysWhichSurveysAreWanted(String query, boolean wanted) {
        ServedSurvey survey = Surveys.at("planck/co", Surveys.GOOD);
        assertThat(SurveyFilter.ofQuery(Optional.of(query)).of(List.of(survey)).size() == 1)
                .isEqualTo(wanted);
    }

    @Property
    void anyQueryIsUnderstoodOrLeftOut(@ForAll String query) {
        SurveyFilter filter = SurveyFilter.ofQuery(Optional.of(query));
        assertThat(filter.of(List.of(Surveys.at("planck/co", Surveys.GOOD)))).hasSizeLessThan(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALADIN_LITE | | YES",
                "ALADIN_DESKTOP | | YES",
                "WWT | | YES",
                "STELLARIUM | | YES",
                "ALADIN_LITE | hips_frame = ecliptic | PARTLY",
                "ALADIN_LITE | hips_frame = mars | PARTLY",
                "ALADIN_LITE | dataproduct_type = cube | NO",
                "ALADIN_LITE | hips_order_min = 3 | PARTLY",
                "ALADIN_LITE | hips_order = x | NO",
                "ALADIN_LITE | hips_tile_format = xyz | NO",
                "ALADIN_LITE | hips_tile_format = PNG webp | YES",
                "ALADIN_LITE | hips_tile_format = png xyz | NO",
                "ALADIN_LITE | hips_tile_format = png, jpeg | NO",
                "ALADIN_LITE | hips_tile_format = jpg | NO",
                "ALADIN_LITE | dataproduct_type = Image | NO",
                "ALADIN_LITE | dataproduct_type = catalog | YES",
                "ALADIN_DESKTOP | hips_tile_format = webp | NO",
                "ALADIN_DESKTOP | hips_tile_format = webp png | YES",
                "WWT | hips_tile_format = webp | NO",
                "WWT | hips_order_min = 3 | NO",
                "WWT | hips_frame = mars | NO",
                "WWT | dataproduct_type = catalog | NO",
                "STELLARIUM | hips_tile_format = fits | NO",
                "STELLARIUM | hips_tile_format = webp | YES",
                "STELLARIUM | hips_frame = ecliptic | PARTLY",
                "STELLARIUM | hips_frame = mars | YES"
            })
    void viewersShowWhatTheyCan(Viewer viewer, String said, Viewer.Level level) {
        String text = said == null ? Surveys.GOOD : replaced(said);
        Viewer.Verdict verdict = viewer.of(Surveys.properties(text));
        assertThat(verdict.level()).as(verdict.reason()).isEqualTo(level);
        assertThat(verdict.reason()).isNotBlank();
    }

    private static String replaced(String line) {
        String key = line.substring(0, line.indexOf(' '));
        return Surveys.GOOD.replaceAll("(?m)^" + key + " .*\n", "") + line + "\n";
    }

    @Test
    void aSurveyWithoutIdIsNothingToAladinDesktop() {
        String text = Surveys.GOOD.replaceAll("creator_did.*\n", "");
        assertThat(Viewer.ALADIN_DESKTOP.of(Surveys.properties(text)).level()).isEqualTo(Viewer.Level.NO);
    }

    @ParameterizedTest
    @CsvSource({
        "fits, none, YES",
        "fits, hips_pixel_cut, PARTLY",
        "fits, hips_pixel_bitpix, NO",
        "png fits, hips_pixel_bitpix, YES",
        "png fits, hips_frame, NO",
        "png fits, dataproduct_type, NO"
    })
    void aladinLiteNeedsKeywords(String formats, String missing, Viewer.Level level) {
        String text = Surveys.GOOD.replace("png fits", formats).replaceAll("(?m)^" + missing + " .*\n", "");
        assertThat(Viewer.ALADIN_LITE.of(Surveys.properties(text)).level()).isEqualTo(level);
    }

    @Test
    void otherCopiesAreThoseThatItTellsOf() {
        List<Copy> copies = Copy.of(Surveys.properties("""
                        hips_service_url = https://a.example/x
                        hips_service_url_1 = https://b.example/x
                        hips_status_1 = public mirror unclonable
                        hips_service_url_2 = javascript:alert(1)
                        hips_service_url_3 = https://a.example/x
                        hips_service_url_5 = https://beyond.a.gap.example/
                        """).list());
        assertThat(copies)
                .extracting(c -> c.address() + " " + c.status())
                .containsExactly("https://a.example/x ", "https://b.example/x public mirror unclonable");
    }

    /** The drawn area is that of the coverage, since the projection keeps areas. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "4, 3", "11, 4", "7, 9"})
    void aMapsAreaIsTheCoverages(long first, int cells) {
        Moc.Builder moc = new Moc.Builder(3);
        for (long cell = first; cell < first + cells; cell++) {
            moc.add(1, cell);
        }
        double drawn = drawn(moc.build()) / (Math.PI * 180 * 90 * 4);
        assertThat(drawn).isCloseTo(cells / 48.0, within(0.012));
    }

    private static double drawn(Moc moc) {
        String svg = SkyMap.of(Optional.of(new Contents.Coverage(moc, Optional.of(Frame.GALACTIC))));
        String path = svg.substring(svg.indexOf(" d=\"") + 4, svg.indexOf("\"/>", svg.indexOf(" d=\"")));
        double area = 0;
        for (String stretch : path.split("z")) {
            area += stretch.isEmpty() ? 0 : Double.parseDouble(stretch.replaceAll(".*h(\\d+)v.*", "$1"));
        }
        return area;
    }

    @Test
    void longitudeGrowsToTheLeftAndNorthIsUp() {
        long cell = HealpixGrid.ofOrder(3).nestedAt(SkyPoint.ofDegrees(60, 40));
        String svg = SkyMap.of(Optional.of(
                new Contents.Coverage(new Moc.Builder(3).add(3, cell).build(), Optional.of(Frame.EQUATORIAL))));
        String[] place = svg.replaceAll("(?s).*<circle cx=\"([^\"]*)\" cy=\"([^\"]*)\".*", "$1 $2")
                .split(" ");
        assertThat(Double.parseDouble(place[0])).isBetween(-60.0, -30.0);
        assertThat(Double.parseDouble(place[1])).isBetween(-60.0, -35.0);
        assertThat(svg).contains("<title>0.130 % of the sky, in equatorial coordinates</title>");
    }

    @Test
    void nothingIsCoveredThatNobodyKnowsOf() {
        assertThat(SkyMap.of(Optional.empty())).contains("d=\"\"").contains("no coverage file");
        assertThat(SkyMap.percent(0)).isEqualTo("0 %");
        assertThat(SkyMap.percent(1)).isEqualTo("100 %");
        assertThat(SkyMap.percent(3.42131e-7)).isEqualTo("0.0000342 %");
    }

    @Test
    void anExampleLiesWhereThereIsSomething() {
        Moc moc = new Moc.Builder(3).add(3, 700).build();
        Contents.Coverage coverage = new Contents.Coverage(moc, Optional.of(Frame.GALACTIC));
        Sample sample = Sample.of(Surveys.properties(Surveys.GOOD), coverage).orElseThrow();
        assertThat(sample.tile().index()).isEqualTo(700);
        assertThat(moc.contains(Frame.GALACTIC.fromIcrs(sample.icrs().vector()).point()))
                .isTrue();
        assertThat(Sample.of(Surveys.properties(Surveys.GOOD), new Contents.Coverage(Moc.empty(3), Optional.empty())))
                .isEmpty();
        assertThat(Sample.of(Surveys.properties("hips_order = 99\n"), coverage)).isEmpty();
    }
}
