package org.hipsnode.generate.body;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.io.MalformedDataException;

/**
 * A label of PDS3, in the Object Description Language (PDS Standards Reference 3.8, chapter 12): statements of a keyword and a
 * value, in objects and groups within each other. Lists are kept as they are written.
 */
final class PdsLabel {
    /** Labels have a few hundred lines. */
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_STATEMENTS = 20_000;
    private static final int MAX_NESTING = 16;

    /** A quoted text, a list or a set in brackets, or a word; behind it perhaps a unit. */
    private static final Pattern STATEMENT = Pattern.compile(
            "(\\^?[A-Za-z][\\w:]*+)\\s*+=\\s*+(\"[^\"]*+\"|'[^'\\n]*+'|\\([^()]*+\\)|\\{[^{}]*+\\}|[^\\s<\"'({]++)"
                    + "(?:[ \\t]*+<([^>\\n]*+)>)?");

    private static final Pattern GAP = Pattern.compile("(?:\\s++|/\\*(?s:.*?)\\*/)*+");
    private static final Pattern END = Pattern.compile("END(?:_OBJECT|_GROUP)?(?=\\s|$)");
    private static final Pattern RADIX = Pattern.compile("(\\d{1,2})#([0-9A-Fa-f]{1,16})#");

    private final String name;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final List<PdsLabel> objects = new ArrayList<>();

    private PdsLabel(String name) {
        this.name = name;
    }

    /**
     * Reads a label, up to its END.
     *
     * @param file name for messages
     */
    static PdsLabel parse(String text, String file) throws MalformedDataException {
        PdsLabel label = new PdsLabel("");
        Deque<PdsLabel> open = new ArrayDeque<>(List.of(label));
        Matcher gap = GAP.matcher(text);
        Matcher statement = STATEMENT.matcher(text);
        Matcher end = END.matcher(text);
        int at = 0;
        for (int count = 0; count < MAX_STATEMENTS; count++) {
            at = gap.region(at, text.length()).lookingAt() ? gap.end() : at;
            if (statement.region(at, text.length()).lookingAt()) {
                take(statement, open, file);
                at = statement.end();
            } else if (end.region(at, text.length()).lookingAt()) {
                if (end.group().equals("END")) {
                    return label;
                }
                close(open);
                at = end.end();
            } else if (at == text.length()) {
                return label;
            } else {
                throw MalformedDataException.expected(
                        file, "statements of a PDS3 label, such as LINES = 720", "'" + start(text, at) + "'");
            }
        }
        throw MalformedDataException.expected(file, "at most " + MAX_STATEMENTS + " statements", "more");
    }

    private static void take(Matcher statement, Deque<PdsLabel> open, String file) throws MalformedDataException {
        String keyword = statement.group(1).toUpperCase(Locale.ROOT);
        String value = unquoted(statement.group(2));
        switch (keyword) {
            case "OBJECT", "GROUP" -> {
                if (open.size() > MAX_NESTING) {
                    throw MalformedDataException.expected(
                            file, "at most " + MAX_NESTING + " objects within each other", "more");
                }
                PdsLabel object = new PdsLabel(value.toUpperCase(Locale.ROOT));
                open.element().objects.add(object);
                open.push(object);
            }
            case "END_OBJECT", "END_GROUP" -> close(open);
            default -> {
                open.element().values.putIfAbsent(keyword, value);
                Optional.ofNullable(statement.group(3))
                        .ifPresent(unit -> open.element().units.putIfAbsent(keyword, unit.strip()));
            }
        }
    }

    /** One END_OBJECT too many closes nothing. */
    private static void close(Deque<PdsLabel> open) {
        if (open.size() > 1) {
            open.pop();
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && (value.charAt(0) == '"' || value.charAt(0) == '\'');
        return quoted ? value.substring(1, value.length() - 1).strip() : value;
    }

    private static String start(String text, int at) {
        return text.substring(at, Math.min(text.length(), at + 40)).replaceAll("\\p{Cntrl}", " ");
    }

    /** Finds the first object of a name, however deep. */
    Optional<PdsLabel> object(String wanted) {
        for (PdsLabel object : objects) {
            if (object.name.equals(wanted)) {
                return Optional.of(object);
            }
            Optional<PdsLabel> within = object.object(wanted);
            if (within.isPresent()) {
                return within;
            }
        }
        return Optional.empty();
    }

    /** Returns the value of a keyword of this object itself, without quotes; empty if it is absent or says that it is not known. */
    Optional<String> text(String keyword) {
        return Optional.ofNullable(values.get(keyword))
                .filter(value -> !value.isBlank() && !value.matches("(?i)N/A|NULL|UNK|NONE"));
    }

    /** Returns a value as a number, also of another base such as 16#FF#. */
    OptionalDouble number(String keyword) {
        String text = text(keyword).orElse("");
        Matcher radix = RADIX.matcher(text);
        try {
            if (!radix.matches()) {
                return OptionalDouble.of(Double.parseDouble(text));
            }
            int base = Integer.parseInt(radix.group(1));
            return base == 2 || base == 8 || base == 16
                    ? OptionalDouble.of((double) Long.parseUnsignedLong(radix.group(2), base))
                    : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Returns the digits of a number of base 16, as floating-point constants are told by their bits. */
    Optional<String> hexadecimal(String keyword) {
        return text(keyword)
                .map(RADIX::matcher)
                .filter(m -> m.matches() && m.group(1).equals("16"))
                .map(m -> m.group(2));
    }

    /** Returns the unit behind a value, in upper case; empty if there is none. */
    String unit(String keyword) {
        return units.getOrDefault(keyword, "").toUpperCase(Locale.ROOT);
    }
}
