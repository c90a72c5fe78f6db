package org.hipsnode.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.hipsnode.SharedData;
import org.hipsnode.io.TooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HipsPropertiesTest {

    private static HipsProperties parse(String text) throws IOException {
        return HipsProperties.parse(text.getBytes(StandardCharsets.UTF_8), "properties");
    }

    @Property(tries = 2000)
    void writesAnyBytesBackAsTheyWere(@ForAll @Size(max = 300) byte[] bytes) throws IOException {
        assertThat(HipsProperties.parse(bytes, "fuzz").toBytes()).isEqualTo(bytes);
    }

    @Property(tries = 2000)
    void writesAnyLinesBackAsTheyWere(@ForAll("texts") String text, @ForAll boolean latin) throws IOException {
        byte[] bytes = text.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        HipsProperties properties = HipsProperties.parse(bytes, "fuzz");
        assertThat(properties.toBytes()).isEqualTo(bytes);
        for (String key : properties.keys()) {
            assertThat(properties.values(key)).doesNotContain("");
        }
        assertThat(properties.strayLines()).doesNotContain("");
        assertThat(properties.keywordsOnly().strayLines()).isEmpty();
        assertThat(properties.keywordsOnly().hasBlankLines()).isFalse();
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "obs_title",
                "hips_order",
                "maxOrder",
                "=",
                " = ",
                "\n",
                "\r\n",
                "\r",
                "#",
                "x",
                "é",
                "\ufeff",
                " ",
                "\t",
                "\\:",
                "\\",
                "\\\\",
                "http\\://a",
                "\0",
                "\f",
                "\u0085",
                "\u2028",
                "\u00a0",
                "\u00ff",
                "3",
                "-",
                "Ω",
                "\ud83d\ude00");
        return pieces.list().ofMaxSize(40).map(list -> String.join("", list));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "a = b",
                "a = b\r\n\r\nc=d\r\n",
                "\ufeffa = b\n",
                "# comment\n\n  # another\nstray\n=no key\n",
                "a=b=c\n\n\n",
                "no final newline\na = b"
            })
    void writesOddListsBackAsTheyWere(String text) throws IOException {
        assertThat(new String(parse(text).toBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void everyRealListReadsAndComesBackByteForByte() throws IOException {
        int lists = 0;
        for (Path file : realLists()) {
            byte[] bytes = Files.readAllBytes(file);
            HipsProperties properties = HipsProperties.parse(bytes, file.toString());
            assertThat(properties.toBytes()).as(file.toString()).isEqualTo(bytes);
            assertThat(properties.value("hips_tile_format").or(() -> properties.value("type")))
                    .as(file.toString())
                    .isPresent();
            lists++;
        }
        assertThat(lists).isGreaterThan(50);
    }

    private static List<Path> realLists() throws IOException {
        try (Stream<Path> loose = Files.walk(SharedData.require("properties"));
                Stream<Path> inTrees = Files.walk(SharedData.require("hips"))) {
            return Stream.concat(
                            loose.filter(Files::isRegularFile),
                            inTrees.filter(p -> p.endsWith("properties")).filter(Files::isRegularFile))
                    .toList();
        }
    }

    @Test
    void forgivesWhatIsFoundInTheWorld() throws IOException {
        HipsProperties properties = parse("""
                # a comment = not a keyword
                  #indented = neither
                creator_did=ivo://CDS/P/x

                   obs_title   =   A title = with equals #and hash
                this line says nothing
                = a value without key
                obs_ack =
                data_ucd = phot.flux
                data_ucd = phot.mag
                hips_service_url = http\\://alasky.u-strasbg.fr/x\\=1
                path = C:\\temp\\x
                """);
        assertThat(properties.keys())
                .containsExactly("creator_did", "obs_title", "obs_ack", "data_ucd", "hips_service_url", "path");
        assertThat(properties.value("obs_title")).contains("A title = with equals #and hash");
        assertThat(properties.value("obs_ack")).isEmpty();
        assertThat(properties.values("data_ucd")).containsExactly("phot.flux", "phot.mag");
        assertThat(properties.value("data_ucd")).contains("phot.flux");
        assertThat(properties.value("hips_service_url")).contains("http://alasky.u-strasbg.fr/x=1");
        assertThat(properties.value("path")).contains("C:\\temp\\x");
        assertThat(properties.value("never_said")).isEmpty();
        assertThat(properties.strayLines()).containsExactly("this line says nothing", "= a value without key");
        assertThat(properties.hasBlankLines()).isTrue();
        assertThat(properties.isUtf8()).isTrue();
    }

    @Test
    void readsCarriageReturnsAndAByteOrderMark() throws IOException {
        HipsProperties properties = parse("\ufeffcreator_did = ivo://x/y\r\nhips_order = 3\r\n");
        assertThat(properties.keys()).containsExactly("creator_did", "hips_order");
        assertThat(properties.value("creator_did")).contains("ivo://x/y");
        assertThat(properties.value("hips_order")).contains("3");
        assertThat(properties.hasBlankLines()).isFalse();
        assertThat(properties.strayLines()).isEmpty();
    }

    @Test
    void aCommentAfterAByteOrderMarkIsAComment() throws IOException {
        assertThat(parse("\ufeff# comment\n").strayLines()).isEmpty();
        assertThat(parse("\ufeff# a = b\n").keys()).isEmpty();
        assertThat(parse("\0# a = b\n").keys()).isEmpty();
    }

    @Test
    void readsBytesThatAreNotUtf8AsLatin1() throws IOException {
        byte[] latin = "obs_title = Fran\u00e7ois\n".getBytes(StandardCharsets.ISO_8859_1);
        HipsProperties properties = HipsProperties.parse(latin, "properties");
        assertThat(properties.isUtf8()).isFalse();
        assertThat(properties.value("obs_title")).contains("François");
        assertThat(properties.with("hips_order", "3").toBytes())
                .startsWith(latin)
                .isEqualTo("obs_title = François\nhips_order           = 3\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void turnsLatin1IntoUtf8WhenAValueNeedsIt() throws IOException {
        byte[] latin = "obs_title = Fran\u00e7ois\n".getBytes(StandardCharsets.ISO_8859_1);
        HipsProperties changed = HipsProperties.parse(latin, "properties").with("obs_ack", "Ω");
        assertThat(changed.isUtf8()).isTrue();
        assertThat(changed.toBytes())
                .isEqualTo("obs_title = François\nobs_ack              = Ω\n".getBytes(StandardCharsets.UTF_8));
    }

    /** standards.md §1.7. */
    @ParameterizedTest
    @CsvSource({
        "maxOrder=7, hips_order, 7",
        "minOrder=2, hips_order_min, 2",
        "nside=512, hips_tile_width, 512",
        "coordsys=G, hips_frame, galactic",
        "coordsys=C, hips_frame, equatorial",
        "coordsys=e, hips_frame, ecliptic",
        "coordsys=X, hips_frame, X",
        "format=jpeg fits, hips_tile_format, jpeg fits",
        "label=DSS, obs_collection, DSS",
        "description=Sky, obs_title, Sky",
        "verboseDescription=Long, obs_description, Long",
        "id=ivo://a/b, creator_did, ivo://a/b",
        "copyright=c, obs_copyright, c",
        "copyrightUrl=http://c, obs_copyright_url, http://c",
        "acknowledgement=a, obs_ack, a",
        "pixelCut=1 2, hips_pixel_cut, 1 2",
        "pixelRange=1 2, hips_data_range, 1 2",
        "processingDate=2010-01-01, hips_release_date, 2010-01-01",
        "firstProcessingDate=2010-01-01, hips_creation_date, 2010-01-01",
        "cubeDepth=4, hips_cube_depth, 4",
        "cubeFirstFrame=2, hips_cube_firstframe, 2",
        "HiPSBuilder=Aladin, hips_builder, Aladin",
        "hips_publisher=CDS, hips_creator, CDS",
        "category=Image, client_category, Image",
        "version=1.3, hips_version, 1.3"
    })
    void findsValuesUnderTheirOldKeywords(String line, String keyword, String value) throws IOException {
        HipsProperties properties = parse(line + "\n");
        assertThat(properties.value(keyword)).contains(value);
        assertThat(properties.keys()).containsExactly(line.substring(0, line.indexOf('=')));
        assertThat(OldKeywords.newNameOf(line.substring(0, line.indexOf('=')))).contains(keyword);
    }

    @Test
    void prefersTodaysKeywordToTheOldOne() throws IOException {
        assertThat(parse("maxOrder = 7\nhips_order = 9\n").values("hips_order")).containsExactly("9");
        assertThat(parse("maxOrder = 7\nhips_order =\n").values("hips_order")).containsExactly("7");
        assertThat(OldKeywords.newNameOf("hips_order")).isEmpty();
    }

    @Test
    void setsAKeyInPlaceOrAtTheEndAndChangesNoOtherByte() throws IOException {
        HipsProperties properties = parse("# head\r\na = 1\r\nb=2\r\na = 3\r\nlast");
        assertThat(properties.with("a", "x")).hasToString("# head\r\na                    = x\nb=2\r\nlast");
        assertThat(properties.with("c", "x"))
                .hasToString("# head\r\na = 1\r\nb=2\r\na = 3\r\nlast\nc                    = x\n");
        assertThat(properties.withAll("a", List.of("x", "y")))
                .hasToString("# head\r\na                    = x\na                    = y\nb=2\r\nlast");
        assertThat(properties.withAll("a", List.of())).hasToString("# head\r\nb=2\r\nlast");
        assertThat(properties.without("a")).hasToString("# head\r\nb=2\r\nlast");
        assertThat(properties.without("absent")).hasToString(properties.toString());
        assertThat(properties).hasToString("# head\r\na = 1\r\nb=2\r\na = 3\r\nlast");
        assertThat(HipsProperties.empty().with("hips_order", "3")).hasToString("hips_order           = 3\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "a=b", "#a", "a\n", "1a", "_a", "é", "a-b", "a.b", "a\0", "a\rb", "\ufeffa"})
    void refusesToSetWhatIsNoKeyword(String key) {
        assertThatThrownBy(() -> HipsProperties.empty().with(key, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + key + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a ",
                "a\n",
                "a\nb",
                "a\rb",
                "a\tb",
                "a\0b",
                "a\u007fb",
                "a\u0085b",
                "a\u009fb",
                "a\u2028b",
                "a\u2029",
                "http\\://a",
                "\ud83d"
            })
    void refusesToSetAValueThatAnotherReaderCouldTakeDifferently(String value) {
        assertThatThrownBy(() -> HipsProperties.empty().with("obs_title", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("obs_title")
                .hasMessageContaining("'" + value + "'");
        assertThatThrownBy(() -> HipsProperties.empty().withAll("obs_title", List.of("good", value)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 2000)
    void whatWasSetIsReadBackAndNothingElseChanges(@ForAll("texts") String before, @ForAll("values") String value)
            throws IOException {
        HipsProperties old = parse(before);
        HipsProperties changed;
        try {
            changed = old.withAll("obs_ack", List.of(value, "second"));
        } catch (IllegalArgumentException e) {
            return;
        }
        HipsProperties read = HipsProperties.parse(changed.toBytes(), "fuzz");
        assertThat(read.values("obs_ack")).containsExactly(value, "second");
        assertThat(read.values("hips_order")).isEqualTo(old.values("hips_order"));
        assertThat(read.without("obs_ack").keys())
                .isEqualTo(old.without("obs_ack").keys());
        List<HipsProperties> listed = HipsList.parse(changed.keywordsOnly().toBytes(), "fuzz");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).values("obs_ack")).containsExactly(value, "second");
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(texts(), Arbitraries.strings().ofMaxLength(20));
    }

    @Test
    void keepsOnlyKeywordsForAHipsList() throws IOException {
        HipsProperties properties = parse("# c\n\nhips_order=3\r\nstray\nobs_ack=\nurl = http\\://a\n");
        assertThat(properties.keywordsOnly())
                .hasToString("hips_order           = 3\nurl                  = http://a\n");
    }

    @Property(tries = 2000)
    void keywordsOnlyKeepsEveryValue(@ForAll("texts") String text) throws IOException {
        HipsProperties properties = parse(text);
        HipsProperties record = HipsProperties.parse(properties.keywordsOnly().toBytes(), "fuzz");
        assertThat(record.keywordsOnly()).hasToString(record.toString());
        for (String key : List.of("obs_title", "hips_order", "x")) {
            assertThat(record.values(key)).isEqualTo(properties.values(key));
        }
    }

    @Test
    void refusesAHundredMegabytes() {
        assertThatThrownBy(() -> HipsProperties.parse(new byte[100 << 20], "far/properties"))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("'far/properties'");
    }

    @Test
    void readsFourMegabytesOfAlmostNothing() throws IOException {
        for (char c : new char[] {'\n', '\r', ' ', '=', '\\', '#'}) {
            byte[] most = String.valueOf(c).repeat(HipsProperties.MAX_BYTES).getBytes(StandardCharsets.US_ASCII);
            assertThat(HipsProperties.parse(most, "most").keys()).isEmpty();
        }
    }
}
