package org.hipsnode.serve.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what is in a data folder, and notices new releases; for many threads.
 *
 * <p>The snapshot is swapped whole. A survey whose folder is away stays for a moment: releases are swapped in by two renames,
 * between which there is none.
 */
public final class SurveyWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SurveyWatch.class);
    private static final Duration ABSENCE = Duration.ofSeconds(2);

    private final Path data;
    private final Supplier<List<ServedSurvey>> others;
    private final Map<String, Long> absentSince = new HashMap<>();
    private Set<String> problems = new HashSet<>();
    private volatile NodeSnapshot snapshot = new NodeSnapshot(List.of());
    private volatile long lookedAt;
    private volatile Consumer<ServedSurvey> listener = survey -> {};

    /** Watches a folder. */
    public SurveyWatch(Path data) {
        this(data, List::of);
    }

    /**
     * Watches a folder.
     *
     * @param others surveys that are served besides; one at a path that is taken takes its place
     */
    public SurveyWatch(Path data, Supplier<List<ServedSurvey>> others) {
        this.data = data;
        this.others = others;
    }

    /** Tells of each survey that comes from now on, or has another release; whoever hears of it must be quick. */
    public void tell(Consumer<ServedSurvey> whom) {
        listener = whom;
    }

    /** Returns the surveys as last seen. */
    public NodeSnapshot snapshot() {
        return snapshot;
    }

    /** Returns how long ago the surveys were last looked for. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - lookedAt);
    }

    /** Looks for surveys and new releases in the whole data folder; returns the releases that were not there before. */
    public synchronized List<Release> look() throws IOException {
        FolderScan.Result scan = FolderScan.of(data, snapshot);
        lookedAt = System.nanoTime();
        tell(scan.problems());
        List<ServedSurvey> found = new ArrayList<>(scan.snapshot().all());
        for (ServedSurvey known : snapshot.all()) {
            if (scan.snapshot().at(known.path()).isPresent()) {
                absentSince.remove(known.path());
            } else if (known.release().isPresent() && isBrieflyAbsent(known)) {
                found.add(known);
            }
        }
        List<ServedSurvey> besides = others.get();
        found.removeIf(survey -> isHidden(survey, besides));
        return swap(new NodeSnapshot(found).with(besides));
    }

    /** Tells whether another takes a survey's place, and lets go of its folder then. */
    private static boolean isHidden(ServedSurvey survey, List<ServedSurvey> besides) {
        boolean hidden = besides.stream().anyMatch(other -> other.path().equals(survey.path()));
        if (hidden) {
            survey.release().ifPresent(Release::close);
        }
        return hidden;
    }

    private boolean isBrieflyAbsent(ServedSurvey survey) {
        long since = absentSince.computeIfAbsent(survey.path(), path -> System.nanoTime());
        boolean brief = System.nanoTime() - since < ABSENCE.toNanos();
        if (!brief) {
            absentSince.remove(survey.path());
        }
        return brief;
    }

    private void tell(List<String> found) {
        found.stream().filter(problem -> !problems.contains(problem)).forEach(LOG::warn);
        problems = new HashSet<>(found);
    }

    /** Looks only whether known surveys have new releases, which is one look for each; returns those. */
    public synchronized List<Release> lookAtKnown() {
        List<ServedSurvey> surveys = new ArrayList<>();
        boolean changed = false;
        for (ServedSurvey known : snapshot.all()) {
            ServedSurvey now = renewed(known);
            changed |= !now.release().equals(known.release());
            surveys.add(now);
        }
        return changed ? swap(new NodeSnapshot(surveys)) : List.of();
    }

    private static ServedSurvey renewed(ServedSurvey known) {
        try {
            Optional<Release> release = known.release();
            if (release.isEmpty() || release.get().isInPlace()) {
                return known;
            }
            return FolderScan.open(known.folder(), known.path())
                    .map(now -> stillPrivate(known, now))
                    .orElse(known);
        } catch (IOException | RuntimeException e) {
            // away, or half there: the next look at the whole folder decides
            LOG.debug("a survey cannot be looked at: folder={} reason={}", known.folder(), e.toString());
            return known;
        }
    }

    /** A private survey whose status is gone has lost it, since nobody makes a survey public by leaving out a word. */
    private static ServedSurvey stillPrivate(ServedSurvey known, ServedSurvey now) {
        if (known.isPrivate() && !now.saysWhoMaySee()) {
            LOG.warn("a private survey lost its hips_status and stays private: survey={}", known.path());
            now.release().ifPresent(Release::close);
            return known;
        }
        return now;
    }

    private List<Release> swap(NodeSnapshot next) {
        Set<Release> before = releases(snapshot);
        Set<Release> after = releases(next);
        List<Release> replaced =
                before.stream().filter(release -> !after.contains(release)).toList();
        // first, so that nobody can get a file of the old release once somebody got one of the new
        replaced.forEach(Release::retire);
        snapshot = next;
        replaced.forEach(Release::close);
        next.all().stream()
                .filter(survey -> survey.release()
                        .filter(release -> !before.contains(release))
                        .isPresent())
                .forEach(listener);
        return after.stream().filter(release -> !before.contains(release)).toList();
    }

    private static Set<Release> releases(NodeSnapshot of) {
        Set<Release> releases = new HashSet<>();
        of.all().forEach(survey -> survey.release().ifPresent(releases::add));
        return releases;
    }

    /** Lets go of all folders. */
    public synchronized void close() {
        releases(snapshot).forEach(Release::close);
    }

    /** Returns the release that has taken the place of another, if one has. */
    public Optional<Release> next(String path, Release tried) {
        try {
            if (tried.isCurrent() && tried.isInPlace()) {
                return Optional.empty();
            }
        } catch (IOException e) {
            LOG.debug("a survey is away: survey={} reason={}", tried, e.toString());
        }
        synchronized (this) {
            lookAtKnown();
            return snapshot.at(path).flatMap(ServedSurvey::release).filter(release -> release != tried);
        }
    }
}
