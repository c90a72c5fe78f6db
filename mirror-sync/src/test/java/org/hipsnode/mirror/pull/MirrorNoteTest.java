package org.hipsnode.mirror.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.source.DamagedRoot;
import org.hipsnode.mirror.source.ReleaseMark;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;

class MirrorNoteTest {
    private static final MirrorNote NOTE = new MirrorNote(
            "https://hips.example.org/a",
            new ReleaseMark(".hipsnode/manifest.json", Optional.of("\"x\\\"\""), "00ff", "11", true),
            Optional.of("2026-01-01T00:00Z"),
            new Selection(
                    1,
                    9,
                    Set.of(TileFormat.PNG, TileFormat.FITS),
                    Optional.of(new Moc.Builder(8).add(3, 5).add(8, 0).build())),
            "2026-01-02T03:04:05Z",
            new Pace(12.5, 1e7),
            Optional.of(new DamagedRoot(Optional.of("\"e\""), "it cannot be read")),
            Optional.of("2026-01-02T00:00Z"));

    @Test
    void aNoteIsReadAsItWasWritten() throws IOException {
        assertThat(MirrorNote.parse(NOTE.toBytes())).contains(NOTE);
    }

    @Test
    void aNoteOfAWholeCopyIsReadAsItWasWritten() throws IOException {
        MirrorNote whole = new MirrorNote(
                NOTE.origin(),
                new ReleaseMark("properties", Optional.empty(), "00ff", "11", false),
                Optional.empty(),
                Selection.ALL,
                "",
                Pace.ASSUMED,
                Optional.empty(),
                Optional.empty());
        assertThat(MirrorNote.parse(whole.toBytes())).contains(whole);
    }

    @Property
    void anyBytesAreANoteOrNone(@ForAll byte[] bytes) throws IOException {
        MirrorNote.parse(bytes);
    }

    @Property
    void aDamagedNoteIsANoteOrNone(@ForAll int at, @ForAll byte value) throws IOException {
        byte[] bytes = NOTE.toBytes();
        bytes[Math.floorMod(at, bytes.length)] = value;
        MirrorNote.parse(bytes)
                .ifPresent(note -> assertThat(note.selection().maxOrder()).isLessThan(30));
    }

    @Test
    void whatIsNoNoteIsNone() throws IOException {
        assertThat(MirrorNote.parse("{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(MirrorNote.parse("[1]".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(MirrorNote.parse(new byte[0])).isEmpty();
    }
}
