package org.hipsnode.serve.api;

import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.snapshot.ServedSurvey;

/**
 * The addresses of a node's things.
 *
 * @param base of the node, without slash at its end
 */
public record Addresses(String base) {
    /** Files that the node makes for a survey, at its side. */
    public static final String WTML = "survey.wtml";

    public static final String COVERAGE = "coverage.svg";
    public static final String VIEWER = "viewer.html";

    /** Returns the address of a survey, which is what viewers and mirrors take: without slash at its end. */
    public String of(ServedSurvey survey) {
        return base + path(survey);
    }

    /** Returns the address of a file of a survey. */
    public String of(ServedSurvey survey, String file) {
        return of(survey) + "/" + WebAddress.encode(file);
    }

    /** Returns a survey's path on this server, without slash at its end. */
    public static String path(ServedSurvey survey) {
        return "/" + WebAddress.encode(survey.path());
    }

    /** Returns the address of what programs can know of a survey. */
    public String inApi(ServedSurvey survey) {
        return base + "/api/surveys" + path(survey);
    }
}
