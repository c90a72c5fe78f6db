package org.hipsnode.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.SharedData;
import org.hipsnode.io.TooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HipsListTest {

    private static List<HipsProperties> parse(String text) throws IOException {
        return HipsList.parse(text.getBytes(StandardCharsets.UTF_8), "hipslist");
    }

    @Test
    void separatesRecordsByBlankLines() throws IOException {
        List<HipsProperties> records =
                parse("\ufeff# head\n\n\na = 1\r\nb = 2\r\n\r\n \t\r\n# only a comment\n\nstray\n\na = 3\nb = 4");
        assertThat(records).hasSize(2);
        assertThat(records.get(0).value("b")).contains("2");
        assertThat(records.get(1).value("a")).contains("3");
        assertThat(records.get(1).value("b")).contains("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n\n", "stray", "\r\n\r\n"})
    void findsNoRecordWhereThereIsNone(String text) throws IOException {
        assertThat(parse(text)).isEmpty();
    }

    @Test
    void writesRecordsWithoutCommentsAndBlankLines() throws IOException {
        HipsProperties first = HipsProperties.parse(
                "# c\ncreator_did = ivo://a/b\n\nhips_order=3".getBytes(StandardCharsets.UTF_8), "p");
        HipsProperties second = HipsProperties.empty().with("creator_did", "ivo://a/c");
        assertThat(new String(HipsList.write(List.of(first, second)), StandardCharsets.UTF_8))
                .isEqualTo("""
                        creator_did          = ivo://a/b
                        hips_order           = 3

                        creator_did          = ivo://a/c
                        """);
        assertThat(HipsList.write(List.of())).isEmpty();
    }

    @Property(tries = 500)
    void readsBackTheRecordsThatItWrites(@ForAll("records") List<List<String>> records) throws IOException {
        List<HipsProperties> lists = records.stream()
                .map(values -> HipsProperties.empty().withAll("obs_title", values))
                .toList();
        List<HipsProperties> read = HipsList.parse(HipsList.write(lists), "fuzz");
        assertThat(read.stream().map(r -> r.values("obs_title")).toList()).isEqualTo(records);
    }

    @Provide
    Arbitrary<List<List<String>>> records() {
        Arbitrary<String> words = Arbitraries.of("a", "=", "#", "é", "\\", "Ω b", "\u00a0x", "\ufeff", "x\u00a0");
        Arbitrary<String> value = words.list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(list -> String.join(" ", list))
                .filter(v -> !v.contains("\\:"));
        return value.list().ofMinSize(1).ofMaxSize(3).list().ofMaxSize(5);
    }

    @Property(tries = 1000)
    void readsAnyTextAndWritesItStably(@ForAll("texts") String text) throws IOException {
        byte[] once = HipsList.write(parse(text));
        byte[] twice = HipsList.write(HipsList.parse(once, "fuzz"));
        assertThat(new String(twice, StandardCharsets.UTF_8)).isEqualTo(new String(once, StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a = 1", "b=", "=", "x", "\n", "\n\n", "\r\n", "\r", " ", "\t", "#", "é", "\u0085", "\u2028",
                        "\ufeff", "\\:", "\f", "\0")
                .list()
                .ofMaxSize(30)
                .map(list -> String.join("", list));
    }

    @Test
    void readsTheRealLists() throws IOException {
        List<HipsProperties> one = real("cdeil.hipslist");
        assertThat(one).hasSize(1);
        assertThat(HipsList.REQUIRED)
                .allSatisfy(key -> assertThat(one.get(0).value(key)).isPresent());
        List<HipsProperties> sparse = real("itoncek.hipslist");
        assertThat(sparse).hasSize(1);
        assertThat(sparse.get(0).value("creator_did")).isEmpty();
        assertThat(sparse.get(0).value("hips_status")).contains("public mirror clonableOnce");
        assertThat(sparse.get(0).value("hips_release_date")).contains("2023-07-12 T20:23Z");
        List<HipsProperties> many = real("hipspy_surveys.txt");
        assertThat(many.stream().map(r -> r.value("ID").orElseThrow()))
                .containsExactly("CDS/C/MUSE-M42", "CDS/P/2MASS/H", "CDS/P/2MASS/J", "CDS/P/2MASS/K");
        assertThat(many.get(0).value("em_min")).contains("4,595e-7");
        assertThat(many.get(3).value("hips_status_2")).contains("public mirror clonableOnce");
    }

    private static List<HipsProperties> real(String name) throws IOException {
        byte[] content = Files.readAllBytes(SharedData.require("hipslist/" + name));
        List<HipsProperties> records = HipsList.parse(content, name);
        List<HipsProperties> again = HipsList.parse(HipsList.write(records), name);
        assertThat(again).hasSameSizeAs(records);
        for (int i = 0; i < records.size(); i++) {
            assertThat(again.get(i).keywordsOnly())
                    .hasToString(records.get(i).keywordsOnly().toString());
        }
        return records;
    }

    @Test
    void refusesAListThatIsTooLarge() {
        assertThatThrownBy(() -> HipsList.parse(new byte[HipsProperties.MAX_BYTES + 1], "far/hipslist"))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("'far/hipslist'");
    }

    /** Each would take hours if splitting went back over what it has read. */
    @ParameterizedTest
    @ValueSource(strings = {"\r", " ", "\n", "\r\n", "\t", "\u000b", "a=b\n\n"})
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsAMegabyteOfTheSameInBoundedTime(String piece) throws IOException {
        List<HipsProperties> records = parse(piece.repeat((1 << 20) / piece.length()));
        assertThat(records).hasSize(piece.contains("=") ? (1 << 20) / piece.length() : 0);
    }
}
