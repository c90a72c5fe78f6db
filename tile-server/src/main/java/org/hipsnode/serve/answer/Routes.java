package org.hipsnode.serve.answer;

import java.util.List;
import java.util.Optional;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.serve.request.RequestPath;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.store.FileName;

/** Finds what a path leads to. */
public final class Routes {
    /** First parts of paths that are the node's own; a survey's folder of such a name is hidden by them. */
    public static final List<String> RESERVED = List.of("hipslist", "viewer");

    private Routes() {}

    public static Resource resolve(RequestPath path, NodeSnapshot snapshot) {
        return switch (path.verdict()) {
            case MALFORMED -> new Resource.Refusal(400, "not a path");
            case TOO_LONG -> new Resource.Refusal(414, "path too long");
            case IMPOSSIBLE -> notFound();
            case GOOD -> resolveGood(path, snapshot);
        };
    }

    private static Resource notFound() {
        return new Resource.Refusal(404, "not found");
    }

    private static Resource resolveGood(RequestPath path, NodeSnapshot snapshot) {
        List<String> segments = path.segments();
        if (segments.isEmpty()) {
            return new Resource.NodePage();
        }
        if (segments.get(0).equals("hipslist")) {
            return segments.size() == 1 ? new Resource.SurveyList() : notFound();
        }
        if (segments.get(0).equals("viewer")) {
            return segments.size() == 2 ? new Resource.ViewerFile(segments.get(1)) : notFound();
        }
        Optional<ServedSurvey> survey = snapshot.holding(segments);
        return survey.isPresent() ? guarded(survey.get(), inSurvey(survey.get(), path)) : notFound();
    }

    /** Guards what is not there too, so that nobody else learns what is. */
    private static Resource guarded(ServedSurvey survey, Resource content) {
        return survey.isPrivate() ? new Resource.Guarded(survey, content) : content;
    }

    private static Resource inSurvey(ServedSurvey survey, RequestPath path) {
        String text = path.text();
        if (text.length() > survey.path().length()) {
            String name = text.substring(survey.path().length() + 1);
            return path.folder() || !isPublic(name) ? notFound() : new Resource.SurveyFile(survey, canonical(name));
        }
        if (!path.folder()) {
            return new Resource.FolderWithoutSlash(survey.path());
        }
        return survey.hasIndexPage() ? new Resource.SurveyFile(survey, "index.html") : new Resource.SurveyPage(survey);
    }

    /** Of our own folder, only what partners need to compare and copy. */
    private static boolean isPublic(String name) {
        return !name.startsWith(FileName.OWN_FOLDER) || ManifestName.isPublic(name);
    }

    /** Aladin Lite asks for a catalogue's metadata with a capital letter. */
    private static String canonical(String name) {
        return name.equals("Metadata.xml") ? "metadata.xml" : name;
    }
}
