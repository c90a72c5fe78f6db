package org.hipsnode.serve.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NoteTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Note NOTE = new Note(
            12,
            "ab".repeat(32),
            Optional.of("W/\"a b\""),
            Optional.of("Thu, 01 Jan 2026 00:00:00 GMT"),
            NOW,
            Duration.ofMinutes(5));

    @Test
    void whatWasWrittenIsRead() {
        assertThat(Note.parse(NOTE.toString())).contains(NOTE);
        Note plain = new Note(0, "00".repeat(32), Optional.empty(), Optional.empty(), NOW, Duration.ZERO);
        assertThat(Note.parse(plain.toString())).contains(plain);
    }

    @Test
    void noPartOfANoteIsOne() {
        String text = NOTE.toString();
        for (int length = 0; length < text.length(); length++) {
            assertThat(Note.parse(text.substring(0, length))).isEmpty();
        }
    }

    @Test
    void itCountsForAWhileAndNotBeforeItWasMade() {
        assertThat(NOTE.isFresh(NOW)).isTrue();
        assertThat(NOTE.isFresh(NOW.plusSeconds(299))).isTrue();
        assertThat(NOTE.isFresh(NOW.plusSeconds(300))).isFalse();
        assertThat(NOTE.isFresh(NOW.minusSeconds(3600))).isFalse();
    }

    @Property(tries = 2000)
    void anyTextIsANoteOrNone(@ForAll("texts") String text) {
        Note.parse(text)
                .ifPresent(note -> assertThat(Note.parse(note.toString())).contains(note));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> lines = Arbitraries.oneOf(
                Arbitraries.of(NOTE.toString().split("\n")),
                Arbitraries.of("bytes -1", "bytes", "checked 99999999999999999999", "fresh -5", "sha256 xy", "end", ""),
                Arbitraries.strings().ofMaxLength(20));
        return lines.list().ofMaxSize(9).map(list -> "hipsnode-cache 1\n" + String.join("\n", list) + "\nend\n");
    }
}
