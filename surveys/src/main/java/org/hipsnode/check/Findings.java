package org.hipsnode.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hipsnode.check.Finding.Severity;

/** Collects findings; of one kind about many files only the first few are kept, and the rest counted. */
public final class Findings {
    static final int LIKE_FINDINGS = 10;

    private final List<Finding> findings = new ArrayList<>();

    void add(Severity severity, String section, String object, String message) {
        findings.add(new Finding(severity, section, object, message));
    }

    void error(String section, String object, String message) {
        add(Severity.ERROR, section, object, message);
    }

    void warning(String section, String object, String message) {
        add(Severity.WARNING, section, object, message);
    }

    void info(String section, String object, String message) {
        add(Severity.INFO, section, object, message);
    }

    void addAll(Findings others) {
        findings.addAll(others.findings);
    }

    /** Adds an error about a file that cannot be read or is not what it should be. */
    void broken(String section, String object, IOException reason) {
        String message = reason.getMessage();
        error(section, object, message == null ? reason.getClass().getSimpleName() : message);
    }

    /** Adds one finding for each of the first few objects, and one that counts the others. */
    void each(Severity severity, String section, List<String> objects, String message) {
        each(severity, section, objects, objects.size(), message);
    }

    /**
     * Adds one finding for each of the first few objects, and one that counts the others.
     *
     * @param objects the first {@link #LIKE_FINDINGS} at least, where there are so many
     * @param count of all objects
     */
    void each(Severity severity, String section, List<String> objects, long count, String message) {
        for (int i = 0; i < Math.min(LIKE_FINDINGS, objects.size()); i++) {
            findings.add(new Finding(severity, section, objects.get(i), message));
        }
        long more = count - LIKE_FINDINGS;
        if (more > 0) {
            findings.add(new Finding(severity, section, "and " + more + " more", message));
        }
    }

    /** Returns what was found, in the order in which it was looked for. */
    public List<Finding> all() {
        return List.copyOf(findings);
    }

    public long count(Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).count();
    }

    /**
     * Tells whether a release that came from elsewhere may be published: damage forbids it, while what is wrong with keywords was
     * wrong at its origin, and is no reason to have no copy.
     *
     * @param acceptsDefects whether damage is accepted too
     */
    public boolean allowsCopy(boolean acceptsDefects) {
        return acceptsDefects || all().stream().noneMatch(Finding::isDamage);
    }
}
