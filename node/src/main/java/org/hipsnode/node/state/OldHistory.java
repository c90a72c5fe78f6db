package org.hipsnode.node.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.JsonText;

/** The lines of JSON in which earlier versions noted what they did, each kind in files of its own. */
final class OldHistory {
    private static final int MOST_BYTES = 16 << 20;
    private static final Map<String, String> KINDS =
            Map.of("mirrors.jsonl", StateStore.MIRROR, "pushes.jsonl", StateStore.PUSH);

    private OldHistory() {}

    /** Takes all lines that can be read into the store, and removes the files. */
    static void takeOver(Path folder, StateStore store) throws IOException {
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
            for (String name : List.of(kind.getKey() + ".1", kind.getKey())) {
                Path file = folder.resolve(name);
                if (Files.isRegularFile(file)) {
                    store.addAll(read(file, kind.getValue()));
                    Files.delete(file);
                }
            }
        }
    }

    /** A node that was killed may have left half a line. */
    private static List<StateStore.Noted> read(Path file, String kind) throws IOException {
        String content = new String(BoundedReads.readFile(file, MOST_BYTES), StandardCharsets.UTF_8);
        List<StateStore.Noted> runs = new ArrayList<>();
        for (String line : content.lines().toList()) {
            texts(line)
                    .ifPresent(texts -> runs.add(new StateStore.Noted(
                            kind, texts.getOrDefault("mirror", texts.getOrDefault("survey", "")), texts, line)));
        }
        return runs;
    }

    private static Optional<Map<String, String>> texts(String line) {
        try {
            return JsonText.textsAndNumbers(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
