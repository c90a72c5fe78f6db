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
    public static final List<String> RESERVED =
            List.of("hipslist", "hipslist.json", "viewer", "api", "robots.txt", "metrics", "health");

    private Routes() {}

    public static Resource resolve(RequestPath path, NodeSnapshot snapshot) {
        return switch (path.verdict()) {
            case MALFORMED -> new Resource.Refusal(400, "not a path");
            case TOO_LONG -> new Resource.Refusal(414, "path too long");
            case IMPOSSIBLE -> Resource.Refusal.NOT_FOUND;
            case GOOD -> resolveGood(path, snapshot);
        };
    }

    private static Resource resolveGood(RequestPath path, NodeSnapshot snapshot) {
        List<String> segments = path.segments();
        if (segments.isEmpty()) {
            return new Resource.NodePage();
        }
        if (RESERVED.contains(segments.get(0))) {
            return ofTheNode(segments, snapshot);
        }
        Optional<ServedSurvey> survey = snapshot.holding(segments);
        return survey.isPresent() ? guarded(survey.get(), inSurvey(survey.get(), path)) : Resource.Refusal.NOT_FOUND;
    }

    /** Guards what is not there too, so that nobody else learns what is. */
    private static Resource guarded(ServedSurvey survey, Resource content) {
        return survey.isPrivate() ? new Resource.Guarded(survey, content) : content;
    }

    private static Resource ofTheNode(List<String> segments, NodeSnapshot snapshot) {
        if (segments.get(0).equals("viewer")) {
            return segments.size() == 2 ? new Resource.ViewerFile(segments.get(1)) : Resource.Refusal.NOT_FOUND;
        }
        if (segments.get(0).equals("api")
                && segments.size() > 2
                && segments.get(1).equals("surveys")) {
            return inApi(segments.subList(2, segments.size()), snapshot);
        }
        return switch (String.join("/", segments)) {
            case "hipslist" -> new Resource.SurveyList();
            case "hipslist.json" -> new Resource.SurveyListJson();
            case "api/surveys" -> new Resource.ApiSurveys();
            case "api/mirrors" -> new Resource.ApiMirrors();
            case "api/status" -> new Resource.ApiStatus();
            case "api/openapi.json" -> new Resource.ApiDescription();
            case "robots.txt" -> new Resource.Robots();
            case "metrics" -> new Resource.Metrics();
            case "health/live" -> new Resource.Health(false);
            case "health/ready" -> new Resource.Health(true);
            default -> Resource.Refusal.NOT_FOUND;
        };
    }

    private static Resource inApi(List<String> survey, NodeSnapshot snapshot) {
        return snapshot.holding(survey)
                .filter(s -> s.path().equals(String.join("/", survey)))
                .map(s -> guarded(s, new Resource.ApiSurvey(s)))
                .orElse(Resource.Refusal.NOT_FOUND);
    }

    private static Resource inSurvey(ServedSurvey survey, RequestPath path) {
        String text = path.text();
        if (text.length() > survey.path().length()) {
            String name = text.substring(survey.path().length() + 1);
            return path.folder()
                    ? inFolder(survey, name)
                    : isPublic(name) ? besideFiles(survey, name) : Resource.Refusal.NOT_FOUND;
        }
        if (!path.folder()) {
            return new Resource.FolderWithoutSlash(survey.path());
        }
        return new Resource.SurveyPage(survey);
    }

    /** Only a part of a survey that is described, or of another node, would be listed: then nothing is. */
    private static Resource inFolder(ServedSurvey survey, String name) {
        return survey.release().isPresent() ? new Resource.Folder(survey, name) : Resource.Refusal.NOT_FOUND;
    }

    /** What the node makes for a survey stands beside its files. */
    private static Resource besideFiles(ServedSurvey survey, String name) {
        return switch (name) {
            case "viewer.html" -> new Resource.SurveyViewer(survey);
            case "coverage.svg" -> new Resource.CoverageMap(survey);
            case "files.txt" -> new Resource.FileNames(survey);
            case "survey.wtml" -> new Resource.SurveyWtml(survey);
            default -> new Resource.SurveyFile(survey, canonical(name));
        };
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
