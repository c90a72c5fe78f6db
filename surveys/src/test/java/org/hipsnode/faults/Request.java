package org.hipsnode.faults;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client asks.
 *
 * @param head the lines of its request, without the empty one that ends it
 */
public record Request(String head) {

    /** Returns the target as it was sent. */
    public String target() {
        String[] words = head.split(" ");
        return words.length > 1 ? words[1] : "";
    }

    /** Returns the path of the target, decoded. */
    public String path() {
        return URI.create(target()).getPath();
    }

    public Optional<String> header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }
}
