package org.hipsnode.generate.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream of bytes into lines as they come; what a line has beyond a limit is dropped, so memory is bounded. */
final class LineCutter {
    static final int LONGEST_LINE = 4096;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** Returns the lines that some more bytes complete, without their ends. */
    List<String> cut(byte[] bytes, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                lines.addAll(rest());
            } else if (line.size() < LONGEST_LINE) {
                line.write(bytes[i]);
            }
        }
        return lines;
    }

    /** Returns what came after the last line end, if anything did. */
    List<String> rest() {
        List<String> rest = line.size() == 0 ? List.of() : List.of(line.toString(StandardCharsets.UTF_8));
        line.reset();
        return rest;
    }
}
