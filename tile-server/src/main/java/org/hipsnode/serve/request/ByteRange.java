package org.hipsnode.serve.request;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file.
 *
 * @param first first byte
 * @param length number of bytes, at least 1
 */
public record ByteRange(long first, long length) {
    /** A thousand million gigabytes is 18 digits. */
    private static final Pattern SINGLE = Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

    /** What a Range header asks of a file (RFC 9110 §14.2). */
    public enum Kind {
        /** No range, several, or one that is not understood: the whole file is sent. */
        WHOLE,
        PART,
        /** Nothing of the file is in the range. */
        UNSATISFIABLE
    }

    /** A request for a range of a file. */
    public record Wish(Kind kind, ByteRange range) {}

    /** Reads a Range header for a file of some size; never fails. */
    public static Wish parse(Optional<String> header, long size) {
        Wish whole = new Wish(Kind.WHOLE, new ByteRange(0, size));
        if (header.isEmpty()) {
            return whole;
        }
        Matcher m = SINGLE.matcher(header.get());
        if (!m.matches() || (m.group(1).isEmpty() && m.group(2).isEmpty())) {
            return whole;
        }
        if (m.group(1).isEmpty()) {
            return part(Math.max(0, size - Long.parseLong(m.group(2))), size - 1, size);
        }
        long first = Long.parseLong(m.group(1));
        long last = m.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(m.group(2)));
        boolean reversed = !m.group(2).isEmpty() && Long.parseLong(m.group(2)) < first;
        return reversed ? whole : part(first, last, size);
    }

    private static Wish part(long first, long last, long size) {
        return first >= size || last < first
                ? new Wish(Kind.UNSATISFIABLE, new ByteRange(0, 0))
                : new Wish(Kind.PART, new ByteRange(first, last - first + 1));
    }
}
