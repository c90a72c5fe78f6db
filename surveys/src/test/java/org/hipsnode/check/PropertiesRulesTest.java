package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hipsnode.check.SmallSurvey.assertFound;
import static org.hipsnode.check.SmallSurvey.assertOnly;
import static org.hipsnode.check.SmallSurvey.assertSilent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.Keyword;
import org.hipsnode.properties.Keyword.Obligation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HiPS 1.0 §4.4.1 as standards.md §1.7 and §1.13 have it. */
class PropertiesRulesTest {

    private static HipsProperties right() {
        return SmallSurvey.ofImages().properties();
    }

    private static Findings check(HipsProperties list) {
        return SurveyCheck.checkProperties(list);
    }

    private static Findings check(String more) throws IOException {
        return check(HipsProperties.parse((right() + more).getBytes(StandardCharsets.UTF_8), "properties"));
    }

    @Test
    void haveNothingToSayOfAGoodList() {
        assertSilent(check(right()));
        assertSilent(check(SmallSurvey.ofRows().properties()));
    }

    @Test
    void missEveryRequiredKeyword() {
        List<String> required = List.of(
                "creator_did",
                "obs_title",
                "hips_version",
                "hips_release_date",
                "hips_status",
                "hips_frame",
                "hips_order",
                "hips_tile_format",
                "dataproduct_type");
        for (String key : required) {
            assertOnly(check(right().without(key)), Severity.ERROR, key, "required", "missing");
        }
        assertThat(Keyword.all().stream()
                        .filter(k -> k.obligation() == Obligation.REQUIRED)
                        .map(Keyword::name))
                .containsExactlyInAnyOrderElementsOf(required);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "obs_description",
                "prov_progenitor",
                "obs_regime",
                "hips_creation_date",
                "hips_initial_ra",
                "hips_initial_dec",
                "hips_initial_fov",
                "t_min",
                "t_max",
                "em_min",
                "em_max"
            })
    void missEveryRecommendedKeyword(String key) {
        assertOnly(check(right().without(key)), Severity.WARNING, key, "recommended", "missing");
    }

    @Test
    void missWhatOnlySomeSurveysNeed() {
        assertOnly(
                check(SmallSurvey.ofRows().properties().without("hips_cat_nrows")),
                Severity.WARNING,
                "hips_cat_nrows",
                "catalogue");
        assertOnly(check(right().with("dataproduct_type", "cube")), Severity.ERROR, "hips_cube_depth", "required");
        assertSilent(check(right().with("dataproduct_type", "cube").with("hips_cube_depth", "4")));
        assertOnly(
                check(right().without("hips_order_min")), Severity.WARNING, "hips_order_min", "Aladin Lite", "0", "3");
        assertOnly(check(right().without("hips_pixel_cut")), Severity.WARNING, "hips_pixel_cut", "FITS");
        assertOnly(check(right().without("hips_pixel_bitpix")), Severity.WARNING, "hips_pixel_bitpix", "FITS");
        assertSilent(check(right().with("hips_tile_format", "png")
                .without("hips_pixel_cut")
                .without("hips_pixel_bitpix")));
        assertSilent(check(right().without("hips_tile_width")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "creator_did | CDS/P/x | ERROR | ivo://",
                "creator_did | ivo://CDS/P x | ERROR | without blanks",
                "creator_did | ivo:// | ERROR | ivo://",
                "publisher_id | CDS | WARNING | ivo://",
                "hips_release_date | yesterday | ERROR | a date such as",
                "hips_creation_date | 2026-13-01T00:00Z | WARNING | a date such as",
                "hips_version | one | ERROR | a number",
                "hips_version | NaN | ERROR | a number",
                "hips_order | deep | ERROR | a whole number",
                "hips_order | 3.0 | ERROR | a whole number",
                "hips_order | 99999999999 | ERROR | sensible",
                "hips_order | 28 | ERROR | past order 29",
                "hips_order_min | 4 | ERROR | 0 to hips_order = 3",
                "hips_order_min | -1 | ERROR | 0 to hips_order = 3",
                "hips_order_min | -99999999999 | ERROR | sensible",
                "hips_order_min | low | WARNING | a whole number",
                "hips_tile_width | 500 | ERROR | a power of two",
                "hips_tile_width | 0 | ERROR | a power of two",
                "hips_tile_width | -512 | ERROR | a power of two",
                "hips_tile_width | -2147483648 | ERROR | a power of two",
                "hips_tile_width | 99999999999 | ERROR | sensible",
                "hips_tile_width | wide | WARNING | a whole number",
                "hips_estsize | 12 MB | WARNING | a whole number",
                "em_min | 4,595e-7 | WARNING | a number",
                "em_min | 7e-7 | ERROR | em_max = 6.0E-7",
                "t_min | 60000 | ERROR | t_max = 59000",
                "obs_copyright_url | www.cnrs.fr | WARNING | a URL",
                "hips_service_url | file:///data | WARNING | a URL",
                "hips_pixel_cut | 100 0 | WARNING | the smaller first",
                "hips_pixel_cut | 0 | WARNING | two numbers",
                "hips_data_range | 1 1 | WARNING | the smaller first",
                "hips_pixel_bitpix | 12 | WARNING | -32 or -64",
                "data_pixel_bitpix | float | WARNING | -32 or -64",
                "hips_status | public open clonable | WARNING | 'open'",
                "hips_status | public master mirror clonable | ERROR | more than one word",
                "hips_status | public unclonable clonable | ERROR | more than one word",
                "hips_status | public,master,clonable | ERROR | blanks between",
                "hips_tile_format | fits,png | ERROR | blanks between",
                "hips_tile_format | fits png tiff | WARNING | 'tiff'",
                "hips_tile_format | fits png jpg | WARNING | 'jpeg', found 'jpg'",
                "obs_regime | Visible | WARNING | Gamma-ray",
                "obs_regime | Radio, Optical | WARNING | one to a line",
                "dataproduct_type | picture | ERROR | image, cube or catalog",
                "hips_version | 1.3 | INFO | older",
                "hips_version | 1.5 | WARNING | newer",
                "hips_frame | ICRS | WARNING | none of equatorial",
                "hips_frame | mars | WARNING | hips_body",
                "moc_sky_fraction | 1.5 | WARNING | 0.0 to 1.0",
                "moc_sky_fraction | -0.1 | WARNING | 0.0 to 1.0",
                "hips_initial_ra | 361 | WARNING | 0.0 to 360.0",
                "hips_initial_dec | -91 | WARNING | -90.0 to 90.0",
                "hips_initial_fov | 400 | WARNING | 0.0 to 360.0",
                "hips_initial_ra | east | WARNING | a number"
            })
    void tellOfAValueThatIsWrong(String key, String value, Severity severity, String words) {
        assertOnly(check(right().with(key, value)), severity, key, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "creator_did | ivo://auth?P/x",
                "hips_release_date | 2026-11-22",
                "hips_release_date | 2026-11-22T09:30:15.5",
                "hips_version | 1.40",
                "hips_order | +3",
                "hips_tile_width | 512",
                "obs_copyright_url | HTTPS://cnrs.fr",
                "obs_copyright_url | ftp://cnrs.fr",
                "hips_pixel_cut | -1e-3 5 log",
                "hips_pixel_bitpix | -32",
                "hips_status | private partial unclonable",
                "hips_status | clonableOnce",
                "hips_tile_format | webp",
                "obs_regime | X-ray",
                "hips_frame | galactic",
                "hips_initial_dec | -90",
                "moc_sky_fraction | 1",
                "dataproduct_subtype | color live",
                "hipsgen_params_12 | out=x UPDATE",
                "hips_service_url_1 | anything",
                "client_sort_key | 03-00"
            })
    void acceptWhatIsAllowed(String key, String value) {
        assertSilent(check(right().with(key, value)));
    }

    @Test
    void tellOfOrdersThatDoNotExist() {
        assertFound(check(right().with("hips_order", "30")), Severity.ERROR, "hips_order", "0 to 29, found 30");
        assertFound(check(right().with("hips_order", "-1")), Severity.ERROR, "hips_order", "0 to 29, found -1");
    }

    @Test
    void tellOfATitleThatIsTooLong() {
        assertSilent(check(right().with("obs_title", "x".repeat(130))));
        assertOnly(check(right().with("obs_title", "x".repeat(131))), Severity.WARNING, "obs_title", "130", "131");
    }

    @Test
    void takeAPlanetsFrameFromItsBody() {
        assertOnly(
                check(right().with("hips_frame", "mars").with("hips_body", "mars")),
                Severity.INFO,
                "hips_frame",
                "'mars'",
                "the body");
    }

    @Test
    void allowSeveralValuesWhereTheStandardDoes() throws IOException {
        assertSilent(check("obs_regime = Radio\nprov_progenitor = CNRS\nbib_reference = a\nbib_reference = b\n"));
        assertOnly(check("obs_title = Another\n"), Severity.WARNING, "obs_title", "one value, found 2");
    }

    @Test
    void tellOfLinesThatReadersPassOver() throws IOException {
        assertOnly(check("what is this\n"), Severity.WARNING, "what is this", "key = value");
        assertOnly(check("= nothing\n"), Severity.WARNING, "= nothing", "key = value");
        assertOnly(check("\n# comment\n"), Severity.INFO, "properties", "blank lines", "HiPS list");
    }

    @Test
    void tellOfTextThatIsNotUtf8() throws IOException {
        byte[] latin = right().with("obs_ack", "François").toString().getBytes(StandardCharsets.ISO_8859_1);
        assertOnly(
                check(HipsProperties.parse(latin, "properties")), Severity.WARNING, "properties", "UTF-8", "Latin-1");
    }

    @Test
    void tellOfOldAndUnknownKeywords() {
        assertOnly(check(right().without("hips_order").with("maxOrder", "3")), Severity.INFO, "maxOrder", "hips_order");
        assertOnly(check(right().without("hips_frame").with("coordsys", "G")), Severity.INFO, "coordsys", "hips_frame");
        assertOnly(
                check(right().with("hips_license", "CC-BY-4.0")),
                Severity.WARNING,
                "hips_license",
                "did you mean hips_licence?");
        assertOnly(check(right().with("Zzz", "x")), Severity.INFO, "Zzz", "not a keyword of HiPS 1.0");
    }

    @Property(tries = 1000)
    void answerToAnyList(@ForAll("lists") String list) throws IOException {
        Findings findings = check(HipsProperties.parse(list.getBytes(StandardCharsets.UTF_8), "fuzz"));
        assertThat(findings.all()).allSatisfy(f -> assertThat(f.toString()).isNotBlank());
        if (list.isEmpty()) {
            assertFound(findings, Severity.ERROR, "creator_did", "missing");
        }
    }

    @Provide
    Arbitrary<String> lists() {
        List<String> keys = Keyword.all().stream().map(Keyword::name).toList();
        Arbitrary<String> key =
                Arbitraries.oneOf(Arbitraries.of(keys), Arbitraries.of("maxOrder", "nside", "coordsys", "x", "", " "));
        return Arbitraries.maps(key, values()).ofMaxSize(20).map(map -> {
            StringBuilder text = new StringBuilder();
            map.forEach((k, v) -> text.append(k).append(" = ").append(v).append('\n'));
            return text.toString();
        });
    }

    /** Returns values that somebody might not have thought of. */
    static Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "0",
                        "-1",
                        "3",
                        "29",
                        "30",
                        "2147483647",
                        "-2147483648",
                        "2147483648",
                        "99999999999",
                        "1e400",
                        "NaN",
                        "-Infinity",
                        "0x10",
                        "1d",
                        "3.5",
                        "x",
                        "image",
                        "cube",
                        "catalog",
                        "galactic",
                        "fits png jpeg webp tsv",
                        ",",
                        "public,private unclonable",
                        "a b",
                        "5 1",
                        "1 5",
                        "NaN NaN",
                        "2026-11-22T09:30Z",
                        "ivo://a/b",
                        "http://",
                        "\\:",
                        "jpg:1 fits:x",
                        ":",
                        "1:2:3"),
                Arbitraries.strings().ofMaxLength(10));
    }
}
