package org.hipsnode.mirror.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first line of a catalogue's tile, as CDS writes it: how many of a cell's sources are in it and above (standards.md §1.8). */
public final class Completeness {
    private static final int LONGEST_LINE = 200;
    private static final Pattern LINE =
            Pattern.compile("#\\s*Completeness\\s*=\\s*(\\d{1,18})\\s*/\\s*(\\d{1,18})\\s*", Pattern.CASE_INSENSITIVE);

    private Completeness() {}

    /** Tells whether a tile says that all sources of its cell are in it and above, so that there is none below. */
    public static boolean endsAt(Path tile) throws IOException {
        try (var in = Files.newInputStream(tile)) {
            return isEnd(new String(in.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8));
        }
    }

    static boolean isEnd(String start) {
        Matcher line = LINE.matcher(start.split("\\R", 2)[0]);
        return line.matches() && Long.parseLong(line.group(1)) >= Long.parseLong(line.group(2));
    }
}
