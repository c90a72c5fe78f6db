package org.hipsnode.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.io.TooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlMapTest {

    @TempDir
    Path folder;

    private static YamlMap map(String... lines) throws ConfigException {
        return YamlMap.parse(String.join("\n", lines), "node.yaml");
    }

    @Test
    void readsTexts() throws ConfigException {
        YamlMap map = map(
                "plain: a b ", "quoted: ' kept: # '", "\"key\": \"\\u00e9\"", "number: 007", "folded: >", "  x", "  y");
        assertThat(map.text("plain")).contains("a b");
        assertThat(map.text("quoted")).contains("kept: #");
        assertThat(map.text("key")).contains("é");
        assertThat(map.requireText("number")).isEqualTo("007");
        assertThat(map.text("folded")).contains("x y");
        assertThat(map.text("absent")).isEmpty();
        assertThat(map.keys()).containsExactly("plain", "quoted", "key", "number", "folded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL", "''", "\"\"", "# a comment"})
    void takesAKeyWithoutValueAsAbsent(String nothing) throws ConfigException {
        YamlMap map = map("key: " + nothing);
        assertThat(map.text("key")).isEmpty();
        assertThat(map.integer("key", 0, 9)).isEmpty();
        assertThat(map.number("key")).isEmpty();
        assertThat(map.texts("key")).isEmpty();
        assertThat(map.map("key")).isEmpty();
        assertThatThrownBy(() -> map.requireText("key"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'node.yaml': key 'key' is missing");
        assertThatCode(map::finish).doesNotThrowAnyException();
    }

    @Test
    void takesQuotedWordsForNothingAsTexts() throws ConfigException {
        assertThat(map("key: '~'").text("key")).contains("~");
        assertThat(map("key: \"null\"").text("key")).contains("null");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "9, 9", "+5, 5", "'05', 5"})
    void readsWholeNumbersInTheirRange(String text, int expected) throws ConfigException {
        assertThat(map("port: " + text).integer("port", 0, 9)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "10", "x", "1.0", "1e0", "0x1", "99999999999"})
    void refusesOtherNumbersWithTheRange(String text) throws ConfigException {
        YamlMap map = map("# comment", "port: " + text);
        assertThatThrownBy(() -> map.integer("port", 0, 9))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'node.yaml' line 2: key 'port': expected a whole number of 0 to 9, found '" + text + "'");
    }

    @Test
    void readsNumbers() throws ConfigException {
        YamlMap map = map("a: -1.5e3", "b: 7", "c: many");
        assertThat(map.number("a")).hasValue(-1500);
        assertThat(map.number("b")).hasValue(7);
        assertThat(map.number("d")).isEmpty();
        assertThatThrownBy(() -> map.number("c")).hasMessageContainingAll("line 3", "'c'", "a number", "'many'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", ".nan", "Infinity", "-.inf", "1e999"})
    void refusesNumbersThatAreNotFinite(String text) throws ConfigException {
        YamlMap map = map("a: " + text);
        assertThatThrownBy(() -> map.number("a")).isInstanceOf(ConfigException.class);
    }

    @Test
    void readsListsAndASingleTextAsAListOfOne() throws ConfigException {
        YamlMap map =
                map("flow: [fits, ' png ']", "block:", "  - a", "  - b: c", "one: jpeg", "none: []", "map: {a: b}");
        assertThat(map.texts("flow")).containsExactly("fits", "png");
        assertThat(map.texts("one")).containsExactly("jpeg");
        assertThat(map.texts("none")).isEmpty();
        assertThat(map.texts("absent")).isEmpty();
        assertThatThrownBy(() -> map.texts("block")).hasMessageContainingAll("'block'", "one value", "found 'keys'");
        assertThatThrownBy(() -> map.texts("map")).hasMessageContainingAll("'map'", "one value", "found 'keys'");
        assertThatThrownBy(() -> map.text("flow"))
                .hasMessage("'node.yaml' line 1: key 'flow': expected one value, found 'a list'");
    }

    @Test
    void readsMappingsInsideAndNamesTheirKeysInFull() throws ConfigException {
        YamlMap map = map("server:", "  port: x", "  tls:", "    cert: c", "name: n");
        YamlMap server = map.map("server").orElseThrow();
        assertThat(server.map("tls").orElseThrow().text("cert")).contains("c");
        assertThatThrownBy(() -> server.integer("port", 1, 2))
                .hasMessageContainingAll("line 2", "'server.port'", "1 to 2", "'x'");
        assertThatThrownBy(() -> server.requireText("host")).hasMessageContaining("key 'server.host' is missing");
        assertThatThrownBy(() -> map.map("name")).hasMessageContainingAll("line 5", "keys and values under 'name'");
    }

    @Test
    void refusesAnUnknownKeyNamingTheNearestKnownOneAndItsLine() throws ConfigException {
        YamlMap map = map("title: t", "server:", "  portt: 80");
        map.text("title");
        YamlMap server = map.map("server").orElseThrow();
        server.integer("port", 0, 99);
        server.text("host");
        assertThatCode(map::finish).doesNotThrowAnyException();
        assertThatThrownBy(server::finish)
                .isInstanceOf(ConfigException.class)
                .hasMessage("'node.yaml' line 3: unknown key 'server.portt': did you mean 'port'?");
    }

    @Test
    void listsTheKnownKeysWhereNoneIsNear() throws ConfigException {
        YamlMap map = map("colour: red");
        map.text("port");
        map.text("host");
        assertThatThrownBy(map::finish)
                .hasMessage("'node.yaml' line 1: unknown key 'colour', expected one of port, host");
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertThatThrownBy(() -> map("a: 1", "b: 2", "a: 3"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'node.yaml' line 3: key 'a' stands twice");
        assertThatThrownBy(() -> map("a: 1", "'a': 1")).hasMessageContaining("line 2: key 'a' stands twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment", "---", "~", "text", "- a\n- b", "[a, b]", "3"})
    void refusesWhatIsNoMapping(String text) {
        assertThatThrownBy(() -> YamlMap.parse(text, "node.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("'node.yaml'", "expected keys and values");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 'unclosed",
                "a: b: c",
                "a: [",
                "\tb: c",
                "a: *nowhere",
                "a: b\n---\nc: d",
                "? [a, b]\n: c",
                "a: \"\\UFFFFFFFF\"",
                "a: \u0007"
            })
    void refusesWhatIsNoYaml(String text) {
        assertThatThrownBy(() -> YamlMap.parse(text, "node.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'node.yaml'");
    }

    @Test
    void saysInWhichLineTheYamlIsWrong() {
        assertThatThrownBy(() -> map("a: 1", "b: 'unclosed", "c: 3"))
                .hasMessageContainingAll("'node.yaml' line", "expected YAML");
    }

    @Test
    void refusesABombOfAliases() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            bomb.append(
                    "a" + i + ": &a" + i + " [" + String.join(", ", java.util.Collections.nCopies(9, alias)) + "]\n");
        }
        assertThatThrownBy(() -> YamlMap.parse(bomb.toString(), "bomb.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("'bomb.yaml'", "aliases");
    }

    @Test
    void followsAFewAliasesAndStopsAtOneOfItself() throws ConfigException {
        YamlMap map = map("first: &f {port: 80}", "second: *f", "self: &s {inner: *s}");
        assertThat(map.map("second").orElseThrow().text("port")).contains("80");
        YamlMap self = map.map("self").orElseThrow();
        assertThat(self.map("inner").orElseThrow().keys()).containsExactly("inner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "a: [", "!x [", "&a ["})
    void refusesNestingThatWouldExhaustTheStack(String opening) {
        assertThatThrownBy(() -> YamlMap.parse(opening.repeat(100_000), "deep.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'deep.yaml'");
    }

    @Test
    void allowsTheNestingThatAConfigurationNeeds() throws ConfigException {
        String deep = "{a: ".repeat(20) + "x" + "}".repeat(20);
        YamlMap map = YamlMap.parse(deep, "deep.yaml");
        for (int i = 1; i < 20; i++) {
            map = map.map("a").orElseThrow();
        }
        assertThat(map.text("a")).contains("x");
    }

    @Test
    void readsAFileWithAByteOrderMark() throws IOException {
        Path file = Files.writeString(folder.resolve("node.yaml"), "\ufefftitle: Ciel étoilé\r\n");
        assertThat(YamlMap.read(file).text("title")).contains("Ciel étoilé");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> YamlMap.read(folder.resolve("none.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("none.yaml", "expected a file of YAML, found nothing");
    }

    @Test
    void refusesAFileThatIsNotUtf8() throws IOException {
        Path file = Files.write(folder.resolve("latin.yaml"), "title: étoile".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> YamlMap.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("latin.yaml", "UTF-8");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        byte[] large = new byte[(1 << 20) + 1];
        Arrays.fill(large, (byte) '#');
        Path file = Files.write(folder.resolve("large.yaml"), large);
        assertThatThrownBy(() -> YamlMap.read(file))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("large.yaml");
    }

    @Property(tries = 3000)
    void anyTextIsAMapOrRefusedInOneWay(@ForAll("yamlTexts") String text) {
        try {
            YamlMap map = YamlMap.parse(text, "fuzz.yaml");
            for (String key : map.keys()) {
                readEveryWay(map, key);
            }
            map.finish();
        } catch (ConfigException e) {
            assertThat(e).hasMessageContaining("fuzz.yaml");
        }
    }

    private static void readEveryWay(YamlMap map, String key) {
        for (Reading reading : Reading.values()) {
            try {
                reading.of(map, key);
            } catch (ConfigException e) {
                assertThat(e).hasMessageContaining("fuzz.yaml");
            }
        }
    }

    private enum Reading {
        TEXT,
        TEXTS,
        INTEGER,
        NUMBER,
        MAP;

        void of(YamlMap map, String key) throws ConfigException {
            switch (this) {
                case TEXT -> map.text(key);
                case TEXTS -> map.texts(key);
                case INTEGER -> map.integer(key, 0, 10);
                case NUMBER -> map.number(key);
                case MAP -> map.map(key);
            }
        }
    }

    @Provide
    Arbitrary<String> yamlTexts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a",
                "b",
                ": ",
                ":",
                "\n",
                "  ",
                "- ",
                "[",
                "]",
                "{",
                "}",
                ", ",
                "&x ",
                "*x",
                "!",
                "!!int ",
                "!<",
                "%YAML 1.2\n",
                "%TAG ! x\n",
                "---\n",
                "...",
                "'",
                "\"",
                "\\U",
                "\\x",
                "FFFFFFFF",
                "\\ud800",
                "|",
                ">",
                "|9",
                "+",
                "? ",
                "<<",
                "#",
                "\t",
                "~",
                "null",
                "12",
                "1e400",
                "%zz",
                "\r",
                "\u0085",
                "\u2028",
                "\ufeff",
                "\0",
                "é",
                "\ud83d\ude00",
                "\ud83d");
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(20).map(list -> String.join("", list)),
                pieces.list().ofMaxSize(12).map(list -> "a: " + String.join("", list)),
                Arbitraries.strings());
    }
}
