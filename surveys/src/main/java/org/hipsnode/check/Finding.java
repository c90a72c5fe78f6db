package org.hipsnode.check;

/**
 * Something worth telling about a survey.
 *
 * @param section of HiPS 1.0, as CDS's lint names it, such as 4.4; empty where the standard says nothing
 * @param object file or keyword
 * @param message what was expected, what was found, what to do
 */
public record Finding(Severity severity, String section, String object, String message) {

    /** How much it matters. */
    public enum Severity {
        /** The survey breaks the standard, or viewers. */
        ERROR,
        /** The standard advises otherwise, or some viewer stumbles. */
        WARNING,
        /** Good to know. */
        INFO
    }

    /** Tells whether a tile is not what it should be. */
    public boolean isDamage() {
        return severity == Severity.ERROR && (section.equals("4.2.1") || section.equals("4.2.2"));
    }

    @Override
    public String toString() {
        String where = section.isEmpty() ? "" : "[" + section + "] ";
        return String.format("%-7s %s%s: %s", severity, where, object, message);
    }
}
