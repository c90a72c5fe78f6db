package org.hipsnode.serve.origin;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The servers through which a request came (RFC 9110 §7.6.3, Via), by which loops of caches are found. */
public record Hops(List<String> names) {
    public static final Hops NONE = new Hops(List.of());

    /** More caches behind each other than anybody would put. */
    private static final int MOST = 5;

    public Hops {
        names = List.copyOf(names);
    }

    /** Reads the Via headers of a request; never fails. */
    public static Hops parse(List<String> headers) {
        return new Hops(headers.stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(Hops::name)
                .filter(name -> !name.isEmpty())
                .toList());
    }

    /** Returns the second word of an entry such as {@code 1.1 name (comment)}. */
    private static String name(String entry) {
        String[] words = entry.trim().split("\\s+");
        return words.length < 2 ? "" : words[1];
    }

    /** Tells whether a request that asks this server must not be sent on. */
    boolean isLoop(String ourName) {
        return names.contains(ourName) || names.size() >= MOST;
    }

    /** Returns the Via header of the request that is sent on. */
    String with(String ourName) {
        List<String> all = new ArrayList<>(names);
        all.add(ourName);
        return String.join(", ", all.stream().map(name -> "1.1 " + name).toList());
    }
}
