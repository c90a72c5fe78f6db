package org.hipsnode.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurveyPropertiesTest {

    private static SurveyProperties of(String... lines) throws IOException {
        return new SurveyProperties(
                HipsProperties.parse(String.join("\n", lines).getBytes(StandardCharsets.UTF_8), "properties"));
    }

    @Test
    void readsWhatASurveySaysOfItself() throws IOException {
        SurveyProperties properties = of(
                "creator_did = ivo://CDS/P/x",
                "obs_title = X",
                "obs_description = Long",
                "hips_order = 9",
                "hips_order_min = 3",
                "hips_tile_width = 256",
                "hips_tile_format = jpeg fits,png tiff JPG",
                "hips_frame = galactic",
                "hips_status = private mirror unclonable",
                "hips_release_date = 2026-11-22T09:30Z",
                "em_min = 1e-7");
        assertThat(properties.creatorDid()).contains("ivo://CDS/P/x");
        assertThat(properties.title()).contains("X");
        assertThat(properties.description()).contains("Long");
        assertThat(properties.order()).hasValue(9);
        assertThat(properties.orderMin()).isEqualTo(3);
        assertThat(properties.tileWidth()).isEqualTo(256);
        assertThat(properties.formats()).containsExactly(TileFormat.JPEG, TileFormat.FITS, TileFormat.PNG);
        assertThat(properties.frame()).contains(Frame.GALACTIC);
        assertThat(properties.status()).hasToString("private mirror unclonable");
        assertThat(properties.releaseDate()).map(HipsDate::toString).contains("2026-11-22T09:30Z");
        assertThat(properties.number("em_min")).hasValue(1e-7);
    }

    @Test
    void assumesWhatViewersAssumeWhereNothingIsSaid() throws IOException {
        SurveyProperties nothing = of();
        assertThat(nothing.creatorDid()).isEmpty();
        assertThat(nothing.title()).isEmpty();
        assertThat(nothing.order()).isEmpty();
        assertThat(nothing.orderMin()).isZero();
        assertThat(nothing.tileWidth()).isEqualTo(512);
        assertThat(nothing.formats()).isEmpty();
        assertThat(nothing.frame()).isEmpty();
        assertThat(nothing.status()).isEqualTo(HipsStatus.DEFAULT);
        assertThat(nothing.releaseDate()).isEmpty();
        assertThat(nothing.isCatalogue()).isFalse();
        assertThat(nothing.isCube()).isFalse();
        assertThat(of("obs_collection = DSS").title()).contains("DSS");
    }

    @ParameterizedTest
    @CsvSource({
        "equatorial, EQUATORIAL",
        "ICRS, EQUATORIAL",
        "Galactic, GALACTIC",
        "ecliptic, ECLIPTIC",
        "mars, ",
        "'', "
    })
    void knowsTheCelestialFrames(String word, Frame expected) throws IOException {
        assertThat(of("hips_frame = " + word).frame().orElse(null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "image, false, false",
        "catalog, true, false",
        "Catalogue, true, false",
        "cube, false, true",
        "spectral-cube, false, true"
    })
    void tellsCataloguesAndCubes(String type, boolean catalogue, boolean cube) throws IOException {
        SurveyProperties properties = of("dataproduct_type = " + type);
        assertThat(properties.isCatalogue()).isEqualTo(catalogue);
        assertThat(properties.isCube()).isEqualTo(cube);
    }

    @Test
    void takesNumbersThatAreNoneAsAbsent() throws IOException {
        SurveyProperties wrong = of("hips_order = deep", "hips_tile_width = 5.0", "em_min = 4,595e-7", "t_min =");
        assertThat(wrong.order()).isEmpty();
        assertThat(wrong.tileWidth()).isEqualTo(512);
        assertThat(wrong.number("em_min")).isEmpty();
        assertThat(wrong.number("t_min")).isEmpty();
        assertThat(wrong.releaseDate()).isEmpty();
    }

    @Property(tries = 500)
    void answersWhateverTheListSays(@ForAll @Size(max = 60) byte[] value) throws IOException {
        String text = new String(value, StandardCharsets.ISO_8859_1).replace("\n", "");
        SurveyProperties properties = of(
                "hips_order = " + text,
                "hips_order_min = " + text,
                "hips_tile_width = " + text,
                "hips_tile_format = " + text,
                "hips_frame = " + text,
                "hips_status = " + text,
                "dataproduct_type = " + text);
        assertThat(properties.status()).isNotNull();
        assertThat(properties.formats()).doesNotHaveDuplicates();
        assertThat(properties.order()).isNotNull();
        assertThat(properties.frame()).isNotNull();
    }
}
