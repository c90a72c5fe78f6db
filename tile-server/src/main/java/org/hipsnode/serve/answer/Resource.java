package org.hipsnode.serve.answer;

import org.hipsnode.serve.snapshot.ServedSurvey;

/** What a path leads to. */
public sealed interface Resource {

    /** What is found in a private survey: only for those who may see it. */
    record Guarded(ServedSurvey survey, Resource content) implements Resource {}

    /** A file of a survey, which may be there or not. */
    record SurveyFile(ServedSurvey survey, String name) implements Resource {}

    /** A survey's page, for a survey that has none of its own. */
    record SurveyPage(ServedSurvey survey) implements Resource {}

    /** The node's page. */
    record NodePage() implements Resource {}

    /** The node's HiPS list. */
    record SurveyList() implements Resource {}

    /** A file of the viewer, which comes with the program. */
    record ViewerFile(String name) implements Resource {}

    /** A folder asked for without slash at its end. */
    record FolderWithoutSlash(String path) implements Resource {}

    /** Nothing that can be given. */
    record Refusal(int status, String reason) implements Resource {}
}
