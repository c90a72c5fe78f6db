package org.hipsnode.node.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.access.SurveyPattern;
import org.hipsnode.serve.snapshot.ServedSurvey;

/**
 * Another node that is told when a survey is published here.
 *
 * @param to address of that node
 * @param credential file with what is shown to it
 * @param surveys of which it is told; empty for all that everybody may see
 */
public record NotifiedPartner(WebAddress to, Path credential, Optional<List<SurveyPattern>> surveys) {
    public NotifiedPartner {
        surveys = surveys.map(List::copyOf);
    }

    /** Tells whether the partner may hear of a survey: of a private one only if that is named whole. */
    public boolean hearsOf(ServedSurvey survey) {
        if (survey.isPrivate()) {
            return surveys.stream()
                    .flatMap(List::stream)
                    .anyMatch(pattern -> pattern.text().equals(survey.path()));
        }
        return surveys.isEmpty() || surveys.get().stream().anyMatch(pattern -> pattern.matchesPath(survey.path()));
    }
}
