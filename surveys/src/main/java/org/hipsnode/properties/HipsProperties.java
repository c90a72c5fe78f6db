package org.hipsnode.properties;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hipsnode.io.TooLargeException;

/**
 * The keyword list of a survey, in order, every line kept as it was (HiPS 1.0 §4.4.1; standards.md §1.6).
 *
 * <p>Reading forgives what is found in the world: CRLF, a byte order mark, Latin-1 text, blank lines, comments, lines
 * without {@code =} (kept, and listed by {@link #strayLines}), repeated keys (more values), Java-escaped values such as
 * {@code http\://}. What was read is written back byte for byte. What is set is checked: no key or value that another
 * reader could take differently.
 */
public final class HipsProperties {
    /** A thousand times the size of a usual one. */
    public static final int MAX_BYTES = 4 << 20;

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final List<Line> lines;
    private final Charset charset;

    private HipsProperties(List<Line> lines, Charset charset) {
        this.lines = List.copyOf(lines);
        this.charset = charset;
    }

    /**
     * One line.
     *
     * @param raw the text with its line end
     * @param key empty for a comment, a blank line or a stray one
     */
    private record Line(String raw, String key, String value) {
        boolean isStray() {
            String text = bare(raw);
            return key.isEmpty() && !text.isEmpty() && !text.startsWith("#");
        }
    }

    public static HipsProperties empty() {
        return new HipsProperties(List.of(), StandardCharsets.UTF_8);
    }

    /** Reads a list; only its size can be wrong with it. */
    public static HipsProperties parse(byte[] content, String name) throws IOException {
        if (content.length > MAX_BYTES) {
            throw new TooLargeException(name, MAX_BYTES);
        }
        Charset charset = isUtf8(content) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        List<Line> lines = new ArrayList<>();
        for (String raw : new String(content, charset).split("(?<=\n)")) {
            if (!raw.isEmpty()) {
                lines.add(line(raw));
            }
        }
        return new HipsProperties(lines, charset);
    }

    private static boolean isUtf8(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static Line line(String raw) {
        String text = bare(raw);
        int equals = text.indexOf('=');
        if (equals < 0 || text.startsWith("#")) {
            return new Line(raw, "", "");
        }
        return new Line(
                raw,
                text.substring(0, equals).trim(),
                unescape(text.substring(equals + 1).trim()).trim());
    }

    /** Returns a line without blanks round it, nor byte order marks before it, as files put together have them. */
    private static String bare(String raw) {
        int start = 0;
        while (start < raw.length() && (raw.charAt(start) <= ' ' || raw.charAt(start) == BYTE_ORDER_MARK)) {
            start++;
        }
        return raw.substring(start).trim();
    }

    private static String unescape(String value) {
        return value.contains("\\:") ? value.replaceAll("\\\\(.)", "$1") : value;
    }

    /** Returns a text that reads back as the value. */
    private static String escape(String value) {
        return value.contains("\\:") ? value.replace("\\", "\\\\") : value;
    }

    /** Returns the first value of a key, also where it stands under the key's name of before HiPS 1.0. */
    public Optional<String> value(String key) {
        return values(key).stream().findFirst();
    }

    /** Returns all values of a key that are not blank, in order. */
    public List<String> values(String key) {
        List<String> values = valuesAsWritten(key);
        return values.isEmpty()
                ? OldKeywords.namesOf(key).stream()
                        .flatMap(old -> valuesAsWritten(old).stream().map(v -> OldKeywords.translate(old, v)))
                        .toList()
                : values;
    }

    private List<String> valuesAsWritten(String key) {
        return lines.stream()
                .filter(line -> line.key.equals(key) && !line.value.isEmpty())
                .map(Line::value)
                .toList();
    }

    /** Returns the keys in the order of their first appearance. */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        lines.stream().filter(line -> !line.key.isEmpty()).forEach(line -> keys.add(line.key));
        return keys;
    }

    /** Returns the lines that are neither keyword, comment nor blank, as a reader ignores them. */
    public List<String> strayLines() {
        return lines.stream().filter(Line::isStray).map(line -> line.raw.trim()).toList();
    }

    /** Tells whether the list holds a blank line, which would end its record in a HiPS list. */
    public boolean hasBlankLines() {
        return lines.stream().anyMatch(line -> line.raw.isBlank());
    }

    /** Tells whether the text was UTF-8, as the standard asks. */
    public boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** Sets a key to one value: in place of its first line, or at the end; other lines of the key are dropped. */
    public HipsProperties with(String key, String value) {
        return withAll(key, List.of(value));
    }

    /** Sets a key to several values, each on a line of its own. */
    public HipsProperties withAll(String key, List<String> values) {
        List<Line> added = values.stream().map(value -> newLine(key, value)).toList();
        List<Line> result = new ArrayList<>();
        boolean placed = false;
        for (Line line : lines) {
            if (!line.key.equals(key)) {
                result.add(line);
            } else if (!placed) {
                result.addAll(added);
                placed = true;
            }
        }
        if (!placed) {
            endLastLine(result);
            result.addAll(added);
        }
        return new HipsProperties(result, needsUtf8(values) ? StandardCharsets.UTF_8 : charset);
    }

    private static boolean needsUtf8(List<String> values) {
        return values.stream().anyMatch(v -> v.chars().anyMatch(c -> c > 127));
    }

    private static void endLastLine(List<Line> lines) {
        if (!lines.isEmpty()) {
            Line last = lines.get(lines.size() - 1);
            if (!last.raw.endsWith("\n")) {
                lines.set(lines.size() - 1, new Line(last.raw + "\n", last.key, last.value));
            }
        }
    }

    public HipsProperties without(String key) {
        return new HipsProperties(
                lines.stream().filter(line -> !line.key.equals(key)).toList(), charset);
    }

    /** Returns the list without comments, stray and blank lines: a record for a HiPS list. */
    public HipsProperties keywordsOnly() {
        List<Line> kept = new ArrayList<>();
        lines.stream()
                .filter(line -> !line.key.isEmpty() && !line.value.isEmpty())
                .forEach(line -> kept.add(new Line(format(line.key, escape(line.value)), line.key, line.value)));
        return new HipsProperties(kept, StandardCharsets.UTF_8);
    }

    private static Line newLine(String key, String value) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a keyword is a word of letters, digits and '_', found '" + key + "'");
        }
        if (!isOneClearLine(value)) {
            throw new IllegalArgumentException("the value of " + key
                    + " must be one line without blanks round it, control characters and '\\:', found '" + value + "'");
        }
        return new Line(format(key, value), key, value);
    }

    /** Tells whether every reader would find this very value, also one that unescapes or knows Unicode's line ends. */
    private static boolean isOneClearLine(String value) {
        return !value.isBlank()
                && value.equals(value.trim())
                && !value.contains("\\:")
                && value.codePoints().noneMatch(HipsProperties::isUnclear);
    }

    private static boolean isUnclear(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }

    private static String format(String key, String value) {
        return String.format("%-20s = %s\n", key, value);
    }

    /** Returns the text, every line that was not set as it was read. */
    public byte[] toBytes() {
        return toString().getBytes(charset);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.raw));
        return text.toString();
    }
}
