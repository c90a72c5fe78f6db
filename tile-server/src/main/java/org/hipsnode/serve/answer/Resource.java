package org.hipsnode.serve.answer;

import org.hipsnode.serve.snapshot.ServedSurvey;

/** What a path leads to. */
public sealed interface Resource {

    /** What is found in a private survey: only for those who may see it. */
    record Guarded(ServedSurvey survey, Resource content) implements Resource {}

    /** A file of a survey, which may be there or not. */
    record SurveyFile(ServedSurvey survey, String name) implements Resource {}

    /** A text that the node makes when it is asked. */
    sealed interface Document extends Resource {}

    /** The node's page. */
    record NodePage() implements Document {}

    /** The node's HiPS list. */
    record SurveyList() implements Document {}

    /** The node's HiPS list as JSON. */
    record SurveyListJson() implements Document {}

    /** All surveys, for programs. */
    record ApiSurveys() implements Document {}

    /** One survey, for programs. */
    record ApiSurvey(ServedSurvey survey) implements Document {}

    /** The surveys that are mirrors, and how fresh they are, for programs. */
    record ApiMirrors() implements Document {}

    /** What the node does about its surveys, for programs. */
    record ApiStatus() implements Document {}

    /** The description of what programs can ask. */
    record ApiDescription() implements Document {}

    /** What robots are asked to leave alone. */
    record Robots() implements Document {}

    /** A survey's page. */
    record SurveyPage(ServedSurvey survey) implements Document {}

    /** A page that is nothing but a survey's live viewer. */
    record SurveyViewer(ServedSurvey survey) implements Document {}

    /** A survey's coverage as a picture. */
    record CoverageMap(ServedSurvey survey) implements Document {}

    /** A survey's description for WorldWide Telescope. */
    record SurveyWtml(ServedSurvey survey) implements Document {}

    /** What is in a folder of a survey, if it is there. */
    record Folder(ServedSurvey survey, String name) implements Document {}

    /** The names of all files of a survey. */
    record FileNames(ServedSurvey survey) implements Resource {}

    /** A file of the viewer, which comes with the program. */
    record ViewerFile(String name) implements Resource {}

    /** The metrics of the server. */
    record Metrics() implements Resource {}

    /** Whether the server lives, or whether requests should be sent to it. */
    record Health(boolean ready) implements Resource {}

    /** A folder asked for without slash at its end. */
    record FolderWithoutSlash(String path) implements Resource {}

    /** Nothing that can be given. */
    record Refusal(int status, String reason) implements Resource {
        public static final Refusal NOT_FOUND = new Refusal(404, "not found");
    }
}
