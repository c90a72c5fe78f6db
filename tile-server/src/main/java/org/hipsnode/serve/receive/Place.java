package org.hipsnode.serve.receive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.serve.answer.Routes;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;

/** Where surveys may be put. */
final class Place {
    private Place() {}

    /** Tells why a release cannot be put to a path; empty if it can. */
    static Optional<Reply> refusal(Path data, NodeSnapshot now, String path, ManifestRoot root) {
        Optional<ServedSurvey> there = now.at(path);
        if (there.isPresent() && there.get().release().isEmpty()) {
            return Optional.of(Reply.of(409, "a survey of another node is cached there"));
        }
        if (Files.isRegularFile(data.resolve("properties")) || isInsideAnother(now, path)) {
            return Optional.of(Reply.of(409, "the path leads into another survey, or one lies below it"));
        }
        if (Routes.RESERVED.contains(path.split("/", 2)[0]) || leadsOut(data, path)) {
            return Optional.of(Reply.of(409, "the path is the node's own, or leads out of its data"));
        }
        if (there.isEmpty() && Files.exists(data.resolve(path))) {
            return Optional.of(Reply.of(409, "something is there that is no survey"));
        }
        return there.flatMap(survey -> refusal(survey, root));
    }

    private static Optional<Reply> refusal(ServedSurvey there, ManifestRoot root) {
        if (!there.properties().creatorDid().equals(root.head().creatorDid())) {
            return Optional.of(Reply.of(
                    409,
                    "another survey is there: expected the creator_did "
                            + there.properties().creatorDid().orElse("(none)") + ", found "
                            + root.head().creatorDid().orElse("(none)")));
        }
        return there.properties().status().role() == HipsStatus.Role.MASTER
                ? Optional.of(Reply.of(
                        409, "this is the master of the survey, which a copy must not replace: push to another node"))
                : Optional.empty();
    }

    /** Tells whether a link on the way leads elsewhere, where nothing would be served. */
    private static boolean leadsOut(Path data, String path) {
        Path above = data.resolve(path);
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        try {
            return above == null || !above.toRealPath().startsWith(data.toRealPath());
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isInsideAnother(NodeSnapshot now, String path) {
        return now.all().stream()
                .map(ServedSurvey::path)
                .anyMatch(other -> path.startsWith(other + "/") || other.startsWith(path + "/"));
    }
}
