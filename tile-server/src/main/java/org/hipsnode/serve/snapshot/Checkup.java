package org.hipsnode.serve.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hipsnode.check.Finding;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.check.Findings;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.SurveyStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a check of a survey has found.
 *
 * @param worst the first of the findings, errors before warnings
 * @param ofFiles whether files were looked at, and not only keywords
 */
public record Checkup(long errors, long warnings, long notes, List<Finding> worst, boolean ofFiles) {
    private static final Logger LOG = LoggerFactory.getLogger(Checkup.class);
    private static final int MOST = 20;

    public Checkup {
        worst = List.copyOf(worst);
    }

    /** Looks at the keywords alone, which costs next to nothing. */
    public static Checkup ofKeywords(HipsProperties list) {
        return of(SurveyCheck.checkProperties(list), "", false);
    }

    /** Looks at keywords, coverage, preview, Allsky files and a few tiles of each format, so that any survey costs about the same. */
    static Checkup ofFiles(SurveyStore store, HipsProperties list) {
        try {
            return of(SurveyCheck.check(store, Optional.empty()), store.toString(), true);
        } catch (IOException | RuntimeException e) {
            // whatever odd files do to a check, the survey keeps its page
            LOG.warn("a survey cannot be checked: survey={} reason={}", store, e.toString());
            return ofKeywords(list);
        }
    }

    private static Checkup of(Findings findings, String folder, boolean ofFiles) {
        List<Finding> worst = new ArrayList<>(findings.all());
        worst.sort(Comparator.comparing(Finding::severity));
        return new Checkup(
                findings.count(Severity.ERROR),
                findings.count(Severity.WARNING),
                findings.count(Severity.INFO),
                worst.stream().limit(MOST).map(f -> without(folder, f)).toList(),
                ofFiles);
    }

    /** Where surveys lie on this machine is nobody's business. */
    private static Finding without(String folder, Finding finding) {
        return folder.isEmpty()
                ? finding
                : new Finding(
                        finding.severity(),
                        finding.section(),
                        finding.object(),
                        finding.message().replace(folder + "/", ""));
    }

    /** Returns the number of all findings. */
    public long count() {
        return errors + warnings + notes;
    }
}
