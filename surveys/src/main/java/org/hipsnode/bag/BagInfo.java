package org.hipsnode.bag;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a bag says of itself in {@code bag-info.txt} (RFC 8493 §2.2.2). */
final class BagInfo {
    static final int MAX_BYTES = 1 << 20;
    private static final Pattern OXUM = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

    private final Map<String, String> values = new LinkedHashMap<>();

    /** How much a bag holds. */
    record Oxum(long bytes, long files) {
        @Override
        public String toString() {
            return bytes + "." + files;
        }
    }

    /** Reads the file; of a label that comes twice the first counts, and lines that are none are passed over. */
    static BagInfo parse(byte[] file) throws IOException {
        BagInfo info = new BagInfo();
        try (BoundedLines lines = new BoundedLines("bag-info.txt", new ByteArrayInputStream(file))) {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                int colon = line.get().indexOf(':');
                boolean goesOn = line.get().startsWith(" ") || line.get().startsWith("\t");
                if (colon > 0 && !goesOn) {
                    info.values.putIfAbsent(
                            line.get().substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            line.get().substring(colon + 1).strip());
                }
            }
        }
        return info;
    }

    /** Returns how much the bag says it holds; empty if it does not. */
    Optional<Oxum> oxum() {
        Matcher m = OXUM.matcher(values.getOrDefault("payload-oxum", ""));
        return m.matches()
                ? Optional.of(new Oxum(Long.parseLong(m.group(1)), Long.parseLong(m.group(2))))
                : Optional.empty();
    }

    /** Adds a value; what is not said is left out. */
    BagInfo with(String label, Optional<String> value) {
        value.map(v -> v.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(v -> !v.isEmpty())
                .ifPresent(v -> values.put(label, v));
        return this;
    }

    /** Returns the file. */
    byte[] toBytes() {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (label, value) -> text.append(label).append(": ").append(value).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
