package org.hipsnode.serve.receive;

import java.util.List;
import java.util.Optional;
import org.hipsnode.manifest.Digest;
import org.hipsnode.store.FileName;

/**
 * What a request wants of the push protocol (docs/push.md); whatever is none of these is no request of it.
 *
 * <p>All are below {@code <survey>/.hipsnode/push}, a place where a survey has no file.
 */
public sealed interface PushRequest {
    /** The folder of the protocol, in the one hidden folder that a survey has. */
    String FOLDER = "push";

    /** A survey that lies deeper is not found when surveys are looked for. */
    int MOST_FOLDERS = 8;

    /** Returns the path of the survey. */
    String survey();

    /** To begin an upload, or to go on with it: its body is the root of the release's manifest. */
    record Begin(String survey) implements PushRequest {}

    /** To be told what is still to come. */
    record Wanted(String survey, Digest release) implements PushRequest {}

    /** To take the file in its body. */
    record Put(String survey, Digest release, String name) implements PushRequest {}

    /** To publish what has come. */
    record Publish(String survey, Digest release) implements PushRequest {}

    /** To remove what has come. */
    record Abandon(String survey, Digest release) implements PushRequest {}

    /**
     * Reads a request; empty if it is none of the protocol.
     *
     * @param segments of its path, decoded
     */
    static Optional<PushRequest> parse(String method, List<String> segments) {
        int at = segments.indexOf(FileName.OWN_FOLDER);
        if (at < 1
                || at > MOST_FOLDERS
                || segments.size() < at + 2
                || !segments.get(at + 1).equals(FOLDER)
                || !FileName.isValid(String.join("/", segments.subList(0, at)))) {
            return Optional.empty();
        }
        String survey = String.join("/", segments.subList(0, at));
        List<String> rest = segments.subList(at + 2, segments.size());
        if (rest.isEmpty()) {
            return method.equals("POST") ? Optional.of(new Begin(survey)) : Optional.empty();
        }
        return Digest.parse(rest.get(0)).flatMap(release -> of(method, survey, release, rest.subList(1, rest.size())));
    }

    private static Optional<PushRequest> of(String method, String survey, Digest release, List<String> name) {
        if (!name.isEmpty()) {
            String text = String.join("/", name);
            return method.equals("PUT") && FileName.isValid(text)
                    ? Optional.of(new Put(survey, release, text))
                    : Optional.empty();
        }
        return switch (method) {
            case "GET" -> Optional.of(new Wanted(survey, release));
            case "POST" -> Optional.of(new Publish(survey, release));
            case "DELETE" -> Optional.of(new Abandon(survey, release));
            default -> Optional.empty();
        };
    }
}
