package org.hipsnode.node.schedule;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;

/** What surveys are called in metrics, which everybody may read: one that not everybody may know of is told by its place among others. */
final class PublicNames {
    private PublicNames() {}

    /**
     * Returns what to call surveys, by path.
     *
     * @param unseen tells of one that is not served whether it is secret: it may have been private
     */
    static Map<String, String> of(Collection<String> paths, NodeSnapshot now, Predicate<String> unseen) {
        Map<String, String> names = new HashMap<>();
        for (String path : paths) {
            boolean secret = now.at(path).map(ServedSurvey::isPrivate).orElseGet(() -> unseen.test(path));
            names.putIfAbsent(path, secret ? "(private, no. " + (names.size() + 1) + ")" : path);
        }
        return names;
    }
}
