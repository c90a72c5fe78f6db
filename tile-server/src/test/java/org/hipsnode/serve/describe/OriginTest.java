package org.hipsnode.serve.describe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OriginTest {
    private static Optional<Origin> parse(String text) throws IOException {
        return Origin.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsTheNoteOfAMirror() throws IOException {
        assertThat(
                        parse(
                                "{\"format\":\"hipsnode-mirror\",\"origin\":\"https://a.example/co\",\"more\":{\"x\":[1]},"
                                        + "\"hips_release_date\":\"2026-01-01T00:00Z\",\"last_run\":\"2026-02-01T00:00:00Z\",\"damaged_manifest\":\"look\"}"))
                .contains(new Origin(
                        "https://a.example/co",
                        Optional.of("2026-01-01T00:00Z"),
                        Optional.of("2026-02-01T00:00:00Z"),
                        Optional.of("look")));
        assertThat(parse("{}")).isEmpty();
        assertThat(parse("[]")).isEmpty();
    }

    @Property
    void otherBytesAreNoNote(@ForAll byte[] bytes) {
        try {
            assertThat(Origin.parse(bytes)).isEmpty();
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty(); // and no other exception
        }
    }
}
