package org.hipsnode.serve.answer;

import org.hipsnode.serve.snapshot.ServedSurvey;

/** What a path leads to. */
public sealed interface Resource {

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

    /** The metrics of the server. */
    record Metrics() implements Resource {}

    /** Whether the server lives, or whether requests should be sent to it. */
    record Health(boolean ready) implements Resource {}

    /** A folder asked for without slash at its end. */
    record FolderWithoutSlash(String path) implements Resource {}

    /** Nothing that can be given. */
    record Refusal(int status, String reason) implements Resource {}
}
