package org.hipsnode.mirror.pull;

import java.util.ArrayList;
import java.util.List;

/** Files that a run did not get, and why: the first few by name, the rest counted. */
final class Problems {
    private static final int NAMED = 20;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String name, String reason) {
        count++;
        if (first.size() < NAMED) {
            first.add(name + ": " + reason);
        }
    }

    long count() {
        return count;
    }

    /** Returns a line for each of the first, and one for the others. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(first);
        if (count > NAMED) {
            lines.add("and " + (count - NAMED) + " more");
        }
        return lines;
    }
}
