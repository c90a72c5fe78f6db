package org.hipsnode.serve.access;

import java.util.List;
import org.hipsnode.serve.snapshot.ServedSurvey;

/**
 * Somebody who may see some private surveys.
 *
 * @param name of whom it is for, to be found again when it shall be withdrawn; the user name of basic authentication
 */
public record Credential(String name, SecretHash hash, List<SurveyPattern> surveys) {
    public Credential {
        surveys = List.copyOf(surveys);
    }

    boolean opens(ServedSurvey survey) {
        return surveys.stream().anyMatch(pattern -> pattern.matches(survey));
    }
}
