package org.hipsnode.serve.receive;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;

/**
 * The room that a partner has for one more upload: what its quota leaves, and how many it may leave unfinished.
 *
 * @param path of the survey that is to come
 * @param open the uploads that are open, with their bytes
 * @param left what has come of those that are not open
 */
record Room(
        String path, ReceiveRule rule, NodeSnapshot now, Map<String, Long> open, Map<String, Leftovers.Leftover> left) {
    private static final int MOST_UNFINISHED = 8;

    /** Tells why there is no room for a release; empty if there is. */
    Optional<Reply> refusal(ManifestRoot root) {
        return overQuota(root.totalBytes()).or(this::tooMany);
    }

    private Optional<Reply> overQuota(long wanted) {
        long free = rule.quota() - Math.min(rule.quota(), others());
        return wanted < 0 || wanted > free
                ? Optional.of(Reply.of(
                        413,
                        "over quota: expected " + free + " bytes at most, found " + wanted
                                + "; the quota of this partner is " + rule.quota() + " bytes"))
                : Optional.empty();
    }

    /** Returns the size of the partner's other surveys, and of those that are on their way or were. */
    private long others() {
        Map<String, Long> sizes = new HashMap<>();
        for (ServedSurvey survey : now.all()) {
            if (counts(survey.path())) {
                add(
                        sizes,
                        survey.path(),
                        Uploads.root(survey).map(ManifestRoot::totalBytes).orElse(0L));
            }
        }
        open.forEach((at, bytes) -> add(sizes, at, bytes));
        left.forEach(
                (at, leftover) -> add(sizes, at, Math.max(0, leftover.root().totalBytes())));
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    private void add(Map<String, Long> sizes, String at, long bytes) {
        if (counts(at)) {
            sizes.merge(at, bytes, Math::max);
        }
    }

    private boolean counts(String at) {
        return rule.allows(at) && !at.equals(path);
    }

    private Optional<Reply> tooMany() {
        Set<String> unfinished = new TreeSet<>(left.keySet());
        unfinished.addAll(open.keySet());
        unfinished.removeIf(at -> !counts(at));
        return unfinished.size() >= MOST_UNFINISHED
                ? Optional.of(Reply.of(
                        413,
                        "too many surveys of this partner are unfinished: expected " + MOST_UNFINISHED
                                + " at most with this one; push to their end " + String.join(", ", unfinished)))
                : Optional.empty();
    }
}
