package org.hipsnode.node.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hipsnode.io.JsonText;

/**
 * How far an audit has come that did not end, so that it can be gone on with.
 *
 * @param path of the survey
 * @param manifest digest of the root that it is compared with
 * @param start when it began
 * @param done how many files were read, in the sequence of the manifest
 * @param flaws what was found until then
 */
public record Unfinished(String path, String manifest, Instant start, long done, List<Flaw> flaws) {
    public static final int MAX_BYTES = 1 << 26;

    public Unfinished {
        flaws = List.copyOf(flaws);
    }

    /** Returns it as a file. */
    public byte[] toBytes() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("survey", path);
        values.put("manifest", manifest);
        values.put("start", start.toString());
        values.put("done", done);
        values.put("flaws", flaws.stream().map(Flaw::line).collect(Collectors.joining("\n")));
        return (JsonText.line(values) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a file; empty if it is none, and then the audit begins anew. */
    public static Optional<Unfinished> parse(byte[] file) {
        try {
            return JsonText.textsAndNumbers(file).flatMap(Unfinished::of);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Unfinished> of(Map<String, String> texts) {
        try {
            return Optional.of(new Unfinished(
                    texts.getOrDefault("survey", ""),
                    texts.getOrDefault("manifest", ""),
                    Instant.parse(texts.getOrDefault("start", "")),
                    Long.parseLong(texts.getOrDefault("done", "")),
                    texts.getOrDefault("flaws", "")
                            .lines()
                            .flatMap(line -> Flaw.parse(line).stream())
                            .toList()));
        } catch (DateTimeParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
