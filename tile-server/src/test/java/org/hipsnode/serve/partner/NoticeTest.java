package org.hipsnode.serve.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTest {
    private static Optional<Notice> parse(String text) {
        return Notice.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void pathAndIdAreRead() {
        assertThat(parse("{\"id\": \"ivo://a/b\", \"from\": {\"path\": \"evil\"}, \"path\": \"planck/co\"}"))
                .contains(new Notice("planck/co", Optional.of("ivo://a/b")));
        assertThat(parse("{\"path\": \"a\"}")).contains(new Notice("a", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"path\": 3}", "{\"path\": \"\"}", "{\"path\": \"a\"", "path", "null"})
    void whatIsNoNoticeIsNotTaken(String text) {
        assertThat(parse(text)).isEmpty();
    }

    @Test
    void oneThatIsTooLongIsNotRead() {
        assertThat(parse("{\"path\": \"" + "a".repeat(Notice.MAX_BYTES) + "\"}"))
                .isEmpty();
    }

    @Property
    void anyBytesAreANoticeOrNone(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(Notice.parse(bytes)).isEqualTo(Notice.parse(bytes));
    }

    @Property
    void anyPathComesThrough(@ForAll String text) {
        String path = "p" + text.replaceAll("[^ -~&&[^\"\\\\]]", "");
        assertThat(parse("{\"path\": \"" + path + "\"}")).contains(new Notice(path, Optional.empty()));
    }
}
