package org.hipsnode.serve.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.store.FileName;

/**
 * The path of a request, decoded once and free of tricks: no {@code .} or {@code ..}, nothing hidden but our own folder, no
 * control character, no backslash. Doubled slashes count as one, and the query is dropped.
 *
 * @param verdict whether the path can be answered at all
 * @param segments its parts; empty for the root, and where it cannot be answered
 * @param folder whether it ends in a slash
 */
public record RequestPath(Verdict verdict, List<String> segments, boolean folder) {
    private static final int MAX_LENGTH = 2048;
    private static final Pattern ABSOLUTE = Pattern.compile("https?://[^/?#]+", Pattern.CASE_INSENSITIVE);

    /** What can be said of a path before looking for anything. */
    public enum Verdict {
        GOOD,
        /** Not a path as HTTP has it: answered with 400. */
        MALFORMED,
        /** Longer than any path here: answered with 414. */
        TOO_LONG,
        /** Well-formed, but nothing here can have such a name: answered with 404. */
        IMPOSSIBLE
    }

    public RequestPath {
        segments = List.copyOf(segments);
    }

    /** Reads the target of a request line as it was asked for; never fails. */
    public static RequestPath parse(String asked) {
        if (asked.length() > MAX_LENGTH) {
            return bad(Verdict.TOO_LONG);
        }
        String target = withoutHost(asked);
        int end = end(target);
        if (!target.startsWith("/")) {
            return bad(Verdict.MALFORMED);
        }
        List<String> segments = new ArrayList<>();
        for (String raw : target.substring(0, end).split("/")) {
            String segment = decode(raw);
            if (segment.equals(UNDECODABLE)) {
                return bad(Verdict.MALFORMED);
            }
            if (!isPossible(segment)) {
                return bad(Verdict.IMPOSSIBLE);
            }
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return new RequestPath(Verdict.GOOD, segments, target.charAt(end - 1) == '/');
    }

    /** A client may name scheme and host too, as it would to a proxy (RFC 9112 §3.2.2). */
    private static String withoutHost(String target) {
        Matcher absolute = ABSOLUTE.matcher(target);
        if (!absolute.lookingAt()) {
            return target;
        }
        String rest = target.substring(absolute.end());
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static RequestPath bad(Verdict verdict) {
        return new RequestPath(verdict, List.of(), false);
    }

    private static int end(String target) {
        int query = target.indexOf('?');
        int fragment = target.indexOf('#');
        int end = query < 0 ? target.length() : query;
        return fragment < 0 ? end : Math.min(end, fragment);
    }

    /** Cannot be the result of decoding, since it is not UTF-8. */
    private static final String UNDECODABLE = "\ud800";

    private static String decode(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                if (i + 2 >= raw.length() || hex(raw.charAt(i + 1)) < 0 || hex(raw.charAt(i + 2)) < 0) {
                    return UNDECODABLE;
                }
                bytes.write(16 * hex(raw.charAt(i + 1)) + hex(raw.charAt(i + 2)));
                i += 2;
            } else if (c > 126) {
                return UNDECODABLE;
            } else {
                bytes.write(c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return UNDECODABLE;
        }
    }

    private static int hex(char c) {
        return Character.digit(c, 16);
    }

    private static boolean isPossible(String segment) {
        boolean shown = !segment.startsWith(".") || segment.equals(FileName.OWN_FOLDER);
        return shown && segment.chars().noneMatch(c -> c < ' ' || c == 127 || c == '/' || c == '\\');
    }

    /** Returns the path without leading and trailing slash, such as {@code planck/co/properties}. */
    public String text() {
        return String.join("/", segments);
    }
}
