package org.hipsnode.mirror.remote;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an answer says before its body.
 *
 * @param headers by lower-case name, the last of several
 * @param ends whether the end of the body can be told from a broken connection
 */
public record Head(int status, Map<String, String> headers, boolean ends) {
    public Head {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Returns the length of the body, where it is said. */
    public OptionalLong length() {
        String said = headers.getOrDefault("content-length", "");
        return said.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(said)) : OptionalLong.empty();
    }
}
