package org.hipsnode.bag;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a bag's manifest (RFC 8493 §2.1.3).
 *
 * @param digest lower-case hexadecimal digits
 * @param path from the bag's folder
 */
record BagEntry(String digest, String path) {
    private static final Pattern LINE =
            Pattern.compile("([0-9A-Fa-f]{2,256})[ \t]+\\*?(\\S(?:.*\\S)?)[ \t]*", Pattern.DOTALL);

    /** Reads a line; empty if it is none. */
    static Optional<BagEntry> parse(String line) {
        Matcher m = LINE.matcher(line);
        return m.matches()
                ? Optional.of(new BagEntry(m.group(1).toLowerCase(Locale.ROOT), decoded(m.group(2))))
                : Optional.empty();
    }

    /** Of all that could be written with a percent sign only ends of lines and the sign itself are. */
    private static String decoded(String path) {
        return path.replaceAll("%0[Aa]", "\n").replaceAll("%0[Dd]", "\r").replace("%25", "%");
    }

    /** Returns the line, without its end. */
    String line() {
        return digest + "  " + path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D");
    }
}
