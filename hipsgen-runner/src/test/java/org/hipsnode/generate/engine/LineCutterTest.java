package org.hipsnode.generate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineCutterTest {

    private static List<String> cut(byte[] bytes, int pieceLength) {
        LineCutter cutter = new LineCutter();
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += pieceLength) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + pieceLength));
            lines.addAll(cutter.cut(piece, piece.length));
        }
        lines.addAll(cutter.rest());
        return lines;
    }

    @Test
    void linesEndAsOnAnySystem() {
        byte[] bytes = "one\ntwo\r\nthree\rfour é".getBytes(StandardCharsets.UTF_8);
        assertThat(cut(bytes, 100)).containsExactly("one", "two", "three", "four é");
    }

    @Property
    void piecesMakeNoDifference(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 9) int pieceLength) {
        assertThat(cut(bytes, pieceLength)).isEqualTo(cut(bytes, Math.max(1, bytes.length)));
    }

    @Test
    void whatALineHasTooMuchIsDropped() {
        String line = "x".repeat(LineCutter.LONGEST_LINE);
        assertThat(cut((line + "y".repeat(100_000) + "\nnext").getBytes(StandardCharsets.UTF_8), 1000))
                .containsExactly(line, "next");
    }
}
