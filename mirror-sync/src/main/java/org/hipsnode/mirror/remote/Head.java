package org.hipsnode.mirror.remote;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What an answer says before its body.
 *
 * @param headers those of {@link #HEADERS} that it has, by lower-case name, the first of several
 * @param ends whether the end of the body can be told from a broken connection
 */
public record Head(int status, Map<String, String> headers, boolean ends) {
    /** What is ever asked for: the others of each of many answers are not kept. */
    static final List<String> HEADERS =
            List.of("content-encoding", "content-length", "etag", "last-modified", "location", "retry-after");

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    public Head {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Returns the length of the body, where it is said. */
    public OptionalLong length() {
        String said = headers.getOrDefault("content-length", "");
        return LENGTH.matcher(said).matches() ? OptionalLong.of(Long.parseLong(said)) : OptionalLong.empty();
    }
}
