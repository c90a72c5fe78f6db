package org.hipsnode.serve.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The surveys of a node at one moment, by path. */
public final class NodeSnapshot {
    private final Map<String, ServedSurvey> surveys = new TreeMap<>();

    public NodeSnapshot(Collection<ServedSurvey> surveys) {
        surveys.forEach(s -> this.surveys.put(s.path(), s));
    }

    /** Returns a snapshot with more surveys; one at a path that is taken takes its place. */
    public NodeSnapshot with(Collection<ServedSurvey> more) {
        List<ServedSurvey> all = new ArrayList<>(surveys.values());
        all.addAll(more);
        return new NodeSnapshot(all);
    }

    /** Returns the survey whose folder a path leads to or into: the one with the longest path. */
    public Optional<ServedSurvey> holding(List<String> segments) {
        for (int length = segments.size(); length > 0; length--) {
            ServedSurvey survey = surveys.get(String.join("/", segments.subList(0, length)));
            if (survey != null) {
                return Optional.of(survey);
            }
        }
        return Optional.empty();
    }

    /** Returns the surveys that everybody may know of, sorted by path. */
    public List<ServedSurvey> listed() {
        return surveys.values().stream().filter(s -> !s.isPrivate()).toList();
    }

    public int size() {
        return surveys.size();
    }
}
