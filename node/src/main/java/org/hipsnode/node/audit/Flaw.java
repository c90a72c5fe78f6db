package org.hipsnode.node.audit;

import java.util.Locale;
import java.util.Optional;
import org.hipsnode.check.Defect;

/** A file that is not as the manifest says, as it can be written down. */
public record Flaw(Defect.Kind kind, String name, String message) {
    private static final int PARTS = 3;

    static Flaw of(Defect defect) {
        return new Flaw(defect.kind(), defect.name(), defect.finding().message().replaceAll("\\p{Cntrl}", " "));
    }

    /** Returns it as one line; no name of a survey's file has a character that controls. */
    String line() {
        return kind.word() + "\t" + name.replaceAll("\\p{Cntrl}", "?") + "\t" + message;
    }

    /** Reads a line; empty if it is none. */
    static Optional<Flaw> parse(String line) {
        String[] parts = line.split("\t", PARTS);
        try {
            return parts.length == PARTS
                    ? Optional.of(new Flaw(Defect.Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1], parts[2]))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
