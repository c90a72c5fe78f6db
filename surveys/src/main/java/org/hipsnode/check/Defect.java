package org.hipsnode.check;

import java.util.Locale;

/** In what a survey's file is not as its manifest says. */
public record Defect(Kind kind, Finding finding) {

    /** What is wrong with a file. */
    public enum Kind {
        /** It has another content, or cannot be read. */
        DAMAGED,
        MISSING,
        /** The manifest does not tell of it. */
        ADDED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Tells whether it matters: what is added under a name that is not served does not. */
    public boolean isSerious() {
        return finding.severity() == Finding.Severity.ERROR;
    }

    /** Returns the name of the file. */
    public String name() {
        return finding.object();
    }
}
