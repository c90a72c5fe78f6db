package org.hipsnode.generate.source;

import java.util.ArrayList;
import java.util.List;

/** What was odd about an input and how it was taken, to be told to the user. */
public final class Warnings {
    private final List<String> messages = new ArrayList<>();

    public void add(String message) {
        if (!messages.contains(message)) {
            messages.add(message);
        }
    }

    public List<String> all() {
        return List.copyOf(messages);
    }
}
