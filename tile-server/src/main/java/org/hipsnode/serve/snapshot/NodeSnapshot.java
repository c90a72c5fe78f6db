package org.hipsnode.serve.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The surveys of a node at one moment, by path. */
public final class NodeSnapshot {
    private final SortedMap<String, ServedSurvey> surveys = new TreeMap<>();
    private final Map<String, ServedSurvey> byPath;
    private final Map<String, Release> published = new HashMap<>();

    public NodeSnapshot(Collection<ServedSurvey> surveys) {
        surveys.forEach(s -> this.surveys.put(s.path(), s));
        byPath = Map.copyOf(this.surveys);
        listed().forEach(s -> s.release().ifPresent(release -> published.put(s.path(), release)));
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
            ServedSurvey survey = byPath.get(String.join("/", segments.subList(0, length)));
            if (survey != null) {
                return Optional.of(survey);
            }
        }
        return Optional.empty();
    }

    /** Returns the survey at exactly this path. */
    public Optional<ServedSurvey> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** Returns the release of the survey at exactly this path, if everybody may have it. */
    public Optional<Release> published(String path) {
        return Optional.ofNullable(published.get(path));
    }

    /** Returns all surveys, sorted by path. */
    public List<ServedSurvey> all() {
        return List.copyOf(surveys.values());
    }

    /** Returns the surveys that everybody may know of, sorted by path. */
    public List<ServedSurvey> listed() {
        return surveys.values().stream().filter(s -> !s.isPrivate()).toList();
    }

    public int size() {
        return surveys.size();
    }
}
