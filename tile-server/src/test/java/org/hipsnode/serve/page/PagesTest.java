package org.hipsnode.serve.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.properties.Keyword;
import org.hipsnode.serve.Surveys;
import org.hipsnode.serve.api.Addresses;
import org.hipsnode.serve.describe.Contents;
import org.hipsnode.serve.describe.Origin;
import org.hipsnode.serve.describe.SurveyFilter;
import org.hipsnode.serve.partner.Fixity;
import org.hipsnode.serve.partner.KeptCopy;
import org.hipsnode.serve.partner.KeptSurvey;
import org.hipsnode.serve.partner.Partners;
import org.hipsnode.serve.snapshot.Checkup;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesTest {
    private static final Shell SHELL = new Shell("A <node>", "/viewer/aladin.js", "");
    private static final Addresses ADDRESSES = new Addresses("https://node.example");
    private static final Pattern TAG =
            Pattern.compile("<(/?[A-Za-z][A-Za-z0-9]*)((?:\\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)\\s*/?>");
    private static final Pattern HREF = Pattern.compile("(?:href|src|action)=\"([^\"]*)\"");
    private static final List<String> HOSTILE = List.of(
            "\"><script>alert(1)</script>",
            "' onmouseover='alert(1)",
            "\" onfocus=\"alert(1)\" x=\"",
            "javascript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "https://x.example/\"onclick=\"alert(1)",
            "{{node}} {{title}}",
            "</title></style></textarea><!-- <![CDATA[",
            "\u0001\u001b[31m\u202eevil\u2028x",
            "'; rm -rf / #$(id)`id`",
            "<img src=x onerror=alert(1)>" + "y".repeat(100_000));

    private static String page(ServedSurvey survey) {
        return page(survey, Optional.empty());
    }

    private static String page(ServedSurvey survey, Optional<Origin> mirrored) {
        return text(new SurveyPage(SHELL).of(survey, Contents.of(survey), mirrored, Optional.empty(), ADDRESSES));
    }

    private static String gallery(List<ServedSurvey> surveys, String query) {
        return text(new NodePage(SHELL).of(surveys, SurveyFilter.ofQuery(Optional.of(query)), Partners.NONE));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Every tag must be one of ours, and every address lead to this node or to the web. */
    private static void assertSafe(String html) {
        String rest = TAG.matcher(html.replace("<!DOCTYPE html>", "")).replaceAll("");
        assertThat(rest).as("what is left without tags").doesNotContain("<").doesNotContain(">");
        Matcher tags = TAG.matcher(html);
        while (tags.find()) {
            assertThat(tags.group(1).replace("/", ""))
                    .isIn(
                            "html",
                            "head",
                            "meta",
                            "title",
                            "link",
                            "script",
                            "body",
                            "a",
                            "header",
                            "main",
                            "section",
                            "div",
                            "p",
                            "form",
                            "label",
                            "input",
                            "select",
                            "option",
                            "button",
                            "ul",
                            "li",
                            "img",
                            "h1",
                            "h2",
                            "nav",
                            "aside",
                            "figure",
                            "figcaption",
                            "dl",
                            "dt",
                            "dd",
                            "table",
                            "thead",
                            "tbody",
                            "tfoot",
                            "tr",
                            "th",
                            "td",
                            "small",
                            "code",
                            "pre",
                            "details",
                            "summary",
                            "span",
                            "time",
                            "br",
                            "footer");
            assertThat(tags.group(2).replaceAll("\"[^\"]*\"", "\"\"")).doesNotContainPattern("\\bon[a-z]+");
        }
        assertThat(html.split("<script", -1)).hasSize(2);
        Matcher addresses = HREF.matcher(html);
        while (addresses.find()) {
            assertThat(addresses.group(1))
                    .matches("(https?://[^\\s\"<>]*|[/#][^\\s\"<>]*|[A-Za-z.][A-Za-z0-9./_-]*(\\?made)?)");
        }
    }

    @Test
    void whatASurveySaysIsNeverMoreThanText() {
        for (String hostile : HOSTILE) {
            StringBuilder properties = new StringBuilder(Surveys.GOOD);
            Keyword.all().stream()
                    .limit(hostile.length() > 10_000 ? 35 : 1000)
                    .forEach(k -> properties
                            .append(k.name())
                            .append(" = ")
                            .append(hostile)
                            .append('\n'));
            properties
                    .append("<b>key</b> = ")
                    .append(hostile)
                    .append("\nhips_service_url_1 = ")
                    .append(hostile)
                    .append('\n');
            ServedSurvey survey = Surveys.at("a'b & \"c\" <d>", properties.toString());
            assertSafe(page(survey));
            assertSafe(gallery(List.of(survey, Surveys.at("other", Surveys.GOOD)), "q="));
            assertSafe(text(new ViewerPage(SHELL).of(survey)));
            ServedSurvey only =
                    Surveys.at("x", hostile.lines().findFirst().orElse("") + "\nobs_title = " + hostile + "\n");
            assertSafe(page(only));
            assertThat(page(survey).length())
                    .as("size of a page of 100 kB values")
                    .isLessThan(1_000_000);
        }
    }

    @Property(tries = 200)
    void anyPropertiesMakeASafePage(@ForAll("properties") String properties) {
        assertSafe(page(Surveys.at("x", properties)));
        assertSafe(gallery(List.of(Surveys.at("x", properties)), properties));
    }

    @Provide
    Arbitrary<String> properties() {
        Arbitrary<String> key =
                Arbitraries.of(Keyword.all().stream().map(Keyword::name).toList());
        Arbitrary<String> value = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.of(HOSTILE.subList(0, 11)),
                Arbitraries.doubles().map(d -> d + ""),
                Arbitraries.integers().map(i -> i + ""),
                Arbitraries.of("png fits", "webp", "tsv", "galactic", "ecliptic", "cube", "catalog", "3", "29", "512"));
        return key.flatMap(k -> value.map(v -> k + " = " + v))
                .list()
                .ofMaxSize(20)
                .map(l -> String.join("\n", l));
    }

    @Test
    void theQueryIsTextToo() {
        String html = gallery(List.of(Surveys.at("x", Surveys.GOOD)), "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        assertSafe(html);
        assertThat(html)
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"")
                .contains("No survey is like that");
    }

    @Test
    void aNodeWithoutSurveysSaysHowToMakeOne() {
        assertThat(gallery(List.of(), "")).contains("0 surveys").contains("hipsnode generate");
    }

    /** Partners that tell of surveys, and nothing else. */
    private record Tellers(List<KeptCopy> copies, List<Fixity> audits, List<KeptSurvey> made) implements Partners {}

    private static KeptCopy copy(String path, KeptCopy.Health health) {
        Instant asked = Instant.parse("2026-11-01T10:20:30Z");
        return new KeptCopy(
                path,
                "https://a.example/" + path,
                health,
                new KeptCopy.Times(
                        Optional.of(asked), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                false,
                false);
    }

    @Test
    void theGalleryMarksWhatSomebodyShouldLookAfter() {
        List<ServedSurvey> surveys = Stream.of("ok", "stale", "failing", "damaged", "making", "unmade")
                .map(path -> Surveys.at(path, Surveys.GOOD))
                .toList();
        Instant since = Instant.parse("2026-11-02T03:04:05Z");
        Partners partners = new Tellers(
                List.of(
                        copy("ok", KeptCopy.Health.OK),
                        copy("stale", KeptCopy.Health.STALE),
                        copy("failing", KeptCopy.Health.FAILING)),
                List.of(new Fixity(
                        "damaged",
                        Optional.empty(),
                        since,
                        Fixity.Result.DAMAGED,
                        new Fixity.Counts(9, 90, 2, 1, 0, 0),
                        Optional.empty())),
                List.of(
                        new KeptSurvey("making", true, Optional.empty(), Optional.empty(), Optional.empty()),
                        new KeptSurvey("unmade", false, Optional.empty(), Optional.of(since), Optional.empty())));
        String html = text(new NodePage(SHELL).of(surveys, SurveyFilter.ofQuery(Optional.empty()), partners));
        assertSafe(html);
        assertThat(html.split("class=\"bad\"", -1)).hasSize(5);
        assertThat(html)
                .contains("Mirror stale: not compared with its origin since 2026-11-01 10:20 UTC")
                .contains("Mirror could not be brought up to date since 2026-11-01 10:20 UTC")
                .contains("A new release is being made")
                .contains("No new release could be made since 2026-11-02 03:04 UTC");
        assertThat(gallery(surveys, "")).doesNotContain("class=\"bad\"", "being made");
    }

    @Test
    void theGalleryIsSearchedWithoutScriptToo() {
        List<ServedSurvey> surveys = List.of(
                Surveys.at("a", Surveys.GOOD),
                Surveys.at("b", Surveys.GOOD.replace("Radio", "Optical").replace("Planck", "DSS")));
        assertThat(gallery(surveys, ""))
                .contains("2 surveys")
                .contains("href=\"/a/\"")
                .contains("href=\"/b/\"");
        assertThat(gallery(surveys, "regime=Optical"))
                .contains("1 of 2 surveys")
                .contains("<option value=\"Optical\" selected>Optical (1)</option>")
                .doesNotContain("href=\"/a/\"");
        assertThat(gallery(surveys, ""))
                .as("nothing to choose where all are alike")
                .doesNotContain("name=\"frame\"");
    }

    @Test
    void fiveHundredSurveysAreOnePage() {
        List<ServedSurvey> surveys = IntStream.range(0, 500)
                .mapToObj(i -> Surveys.at("s" + i, Surveys.GOOD.replace("Planck", "Mission " + i % 40)))
                .toList();
        String html = gallery(surveys, "");
        assertThat(html.split("<li class=\"card\"", -1)).hasSize(501);
        assertThat(html.length()).isLessThan(600_000);
    }

    @Test
    void scriptAndStyleAreLight() {
        assertThat(Shell.resource("node.js").length + Shell.resource("node.css").length)
                .isLessThan(30_000);
    }

    @Test
    void thePageHoldsWhatPeopleAskFor() {
        String html = page(Surveys.at("planck/co", Surveys.GOOD + """
                bib_reference = 2016A&A...594A...1P
                hips_doi = 10.26093/cds/aladin/ht9n-7r
                obs_copyright_url = https://pla.esac.esa.int/pla?x=1&y=2
                hips_licence = CC-BY-4.0
                """));
        assertThat(html)
                .contains("<a href=\"https://ui.adsabs.harvard.edu/abs/2016A%26A...594A...1P\"")
                .contains("<a href=\"https://doi.org/10.26093/cds/aladin/ht9n-7r\"")
                .contains("<a href=\"https://pla.esac.esa.int/pla?x=1&amp;y=2\"")
                .contains("CC-BY-4.0")
                .contains("<time datetime=\"2026-01-01T00:00Z\">2026-01-01</time>")
                .contains("6.87′ a pixel, tiles of 64 × 64")
                .contains("100 % of the sky, in galactic coordinates")
                .contains("may be copied");
    }

    @Test
    void aPageOffersWhatCanBeDoneWithTheSurveyAndNoMore() {
        assertThat(page(Surveys.at("x", Surveys.GOOD)))
                .contains(
                        "data-snippet=\"html\"",
                        "data-snippet=\"python\"",
                        "data-snippet=\"mirror\"",
                        "data-snippet=\"hipsgen\"",
                        "data-snippet=\"wwt\"");
        assertThat(page(Surveys.at("x", Surveys.GOOD.replace("clonable", "unclonable"))))
                .doesNotContain("data-snippet=\"mirror\"");
        assertThat(page(Surveys.at("x", Surveys.GOOD.replace("master clonable", "mirror clonableOnce"))))
                .doesNotContain("data-snippet=\"mirror\"");
        assertThat(page(Surveys.at("x", Surveys.GOOD.replace("png fits", "webp"))))
                .contains("data-snippet=\"picture\"")
                .doesNotContain("data-snippet=\"python\"", "data-snippet=\"wwt\"");
        assertThat(page(Surveys.at("x", catalogue("png fits"))))
                .contains("data-snippet=\"mirror\"")
                .doesNotContain("data-snippet=\"html\"", "data-snippet=\"python\"", "data-snippet=\"hipsgen\"");
    }

    @Test
    void aMirrorSaysHowFreshItIs() {
        ServedSurvey survey = Surveys.at("x", Surveys.GOOD);
        assertThat(page(survey)).doesNotContain("Mirror of", "Last asked");
        Origin same = new Origin(
                "https://a.example/co",
                Optional.of("2026-01-01T00:00Z"),
                Optional.of("2026-02-03T04:05:06.789Z"),
                Optional.empty());
        assertThat(page(survey, Optional.of(same)))
                .contains("<dt>Mirror of</dt><dd><a href=\"https://a.example/co\"")
                .contains("<dt>Released there</dt><dd><time datetime=\"2026-01-01T00:00Z\">2026-01-01</time>")
                .contains("<dt>Last asked</dt><dd><time datetime=\"2026-02-03T04:05Z\">2026-02-03 04:05 UTC</time>")
                .contains("<dt>Lag</dt><dd>none when the origin was last asked</dd>");
        Origin newer = new Origin(
                "https://a.example/co", Optional.of("2026-01-04T01:00Z"), Optional.empty(), Optional.empty());
        assertThat(page(survey, Optional.of(newer))).contains("<dt>Lag</dt><dd>3 days behind</dd>");
        Origin odd = new Origin(
                "javascript:alert(1)", Optional.of("<script>"), Optional.of("<script>"), Optional.of("<script>"));
        assertSafe(page(survey, Optional.of(odd)));
    }

    @Test
    void whatIsWrongWithTheKeywordsIsSaid() {
        assertThat(page(Surveys.at("x", Surveys.GOOD.replace("hips_order = 3\n", ""))))
                .contains("<summary>")
                .containsPattern("<summary>\\d+ errors, \\d+ warnings</summary>")
                .contains("<li>error: hips_order: required, but missing</li>");
        assertThat(Health.of(Checkup.ofKeywords(Surveys.properties("obs_regime = " + "x\nobs_regime = ".repeat(3000))
                        .list())))
                .hasSizeLessThan(10_000)
                .containsPattern("And [0-9]+ more");
    }

    @Test
    void aCatalogueHasALiveViewIfItHasRows() {
        String catalogue = catalogue("tsv");
        assertThat(page(Surveys.at("x", catalogue)))
                .contains("data-open", "data-formats=\"tsv\"", "data-snippet=\"iframe\"")
                .doesNotContain("data-snippet=\"html\"");
        assertThat(gallery(List.of(Surveys.at("x", catalogue)), "")).contains("class=\"look\"");
        assertThat(page(Surveys.at("x", catalogue("png"))))
                .contains("nothing here that the live viewer could show")
                .doesNotContain("data-open");
    }

    private static String catalogue(String format) {
        return Surveys.GOOD.replace("png fits", format).replace("= image", "= catalog");
    }

    /** Aladin Lite would show another sky in place of one that it stops at. */
    @Test
    void theLiveViewStaysClosedWhereTheViewerWouldStop() {
        ServedSurvey cube = Surveys.at("x", Surveys.GOOD.replace("= image", "= cube"));
        for (String html : List.of(page(cube), text(new ViewerPage(SHELL).of(cube)))) {
            assertThat(html)
                    .contains("could show: it stops at a cube without em_min and em_max.", "data-formats=\"\"")
                    .doesNotContain("data-open");
        }
        assertThat(page(cube)).doesNotContain("data-snippet=\"html\"", "data-snippet=\"iframe\"");
        assertThat(gallery(List.of(cube), "")).doesNotContain("class=\"look\"");
        assertThat(text(new ViewerPage(SHELL).of(Surveys.at("x", Surveys.GOOD))))
                .contains("data-open", "data-formats=\"png fits\"");
    }

    @Test
    void theLiveViewOffersFitsTilesWhoseKindOfNumbersIsSaid() {
        String unsaid = Surveys.GOOD.replaceAll("hips_pixel_bitpix.*\n", "");
        assertThat(page(Surveys.at("x", unsaid))).contains("data-open", "data-formats=\"png\"");
    }

    @Test
    void tilesAreCountedByOrderAndFormat() {
        Contents contents = new Contents(
                Optional.empty(),
                List.of(
                        new Contents.Tiles(3, TileFormat.FITS, 700, 12_345_678),
                        new Contents.Tiles(3, TileFormat.PNG, 768, 999),
                        new Contents.Tiles(10, TileFormat.FITS, 1_234_567, 1_500_000_000_000L)),
                List.of(),
                List.of());
        assertThat(ContentsTable.of(contents))
                .contains(
                        "<th scope=\"row\">3</th><td>768 <small>of 768</small></td><td>12\u00a0MB</td><td>999\u00a0B</td>")
                .contains("<th scope=\"row\">10</th><td>1\u202f234\u202f567 ")
                .contains("<td>1.5\u00a0TB</td><td>–</td>")
                .contains("1\u202f236\u202f035 files");
    }

    @ParameterizedTest
    @CsvSource({
        "999, 999 B",
        "1000, 1.0 kB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "123456789, 123 MB",
        "9223372036854775807, 9.2 EB"
    })
    void sizesAreSaidInTheUnitThatSuits(long bytes, String said) {
        assertThat(Html.bytes(bytes).replace('\u00a0', ' ')).isEqualTo(said);
    }
}
