package org.hipsnode.mirror.pull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.check.Finding;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.manifest.ManifestMaker;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.mirror.plan.MirrorPlan;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.remote.RemoteStore;
import org.hipsnode.mirror.source.DamagedRoot;
import org.hipsnode.mirror.source.RootFile;
import org.hipsnode.mirror.source.Source;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.store.SurveyStore;

/**
 * A copy of a far survey in a folder: planned, fetched, checked and published whole.
 *
 * <p>A run begins with one request, which ends it where nothing has changed. Otherwise the release is made beside the one that
 * is here ({@link org.hipsnode.store.FolderPublication}); before it takes its place the source is asked whether it is still at
 * the release that the run began with, and if not, all is planned anew with what has come so far.
 */
public final class Mirror {
    private static final int TRIES = 5;

    private final MirrorRequest request;
    private final Clock clock;
    private final RemoteStore store;

    public Mirror(MirrorRequest request, HttpFiles files, Clock clock) {
        this.request = request;
        this.clock = clock;
        this.store = new RemoteStore(request.host().survey(), files);
    }

    /** Returns what a run would do now; nothing is written. */
    public MirrorPlan plan() throws IOException {
        LocalCopy here = LocalCopy.open(request.folder());
        Optional<MirrorNote> unchanged = unchanged(here);
        if (unchanged.isPresent()) {
            return Planning.nothing(here, findings(unchanged.get()));
        }
        Source source = open(here);
        return new Planning(source, source.objects(), here, request, Set.of()).plan();
    }

    /** Returns the pace of the last run that could tell, or what is assumed. */
    public Pace pace() throws IOException {
        return LocalCopy.open(request.folder()).note().map(MirrorNote::pace).orElse(Pace.ASSUMED);
    }

    /**
     * Brings the copy to what the source has.
     *
     * @throws ConfigException if the survey must not be copied, or more would be deleted than the policy allows
     * @throws org.hipsnode.store.LockedException if another run has the folder
     */
    public MirrorReport run(int workers, Progress progress) throws IOException, InterruptedException {
        LocalCopy here = LocalCopy.open(request.folder());
        Optional<MirrorNote> unchanged = unchanged(here);
        return unchanged.isPresent() ? keep(here, unchanged.get()) : renew(workers, progress, Set.of());
    }

    /**
     * Returns what a folder says of itself, if it is a mirror.
     *
     * @throws ConfigException if it is none
     */
    public static MirrorNote noteOf(Path folder) throws IOException {
        return LocalCopy.open(folder)
                .note()
                .orElseThrow(() -> new ConfigException(
                        "'" + folder + "': expected a mirror, found no " + ManifestName.MIRROR + " in it"));
    }

    /**
     * Prepares that an earlier release of a mirror is put back: it stays until the source has another than the one that it replaces.
     *
     * @param folder of the mirror
     * @param earlier folder of the release
     * @return whether that can be: both tell that they come from the same place, which can be asked whether it has another release
     */
    public static boolean holdBack(Path folder, Path earlier) throws IOException {
        Optional<MirrorNote> now = LocalCopy.open(folder).note();
        Optional<MirrorNote> before = LocalCopy.open(earlier).note();
        boolean same = now.filter(note -> note.mark().dated()).isPresent()
                && before.filter(note -> note.origin().equals(now.get().origin()))
                        .isPresent();
        if (same) {
            AtomicFiles.write(
                    earlier.resolve(ManifestName.MIRROR),
                    before.get().inPlaceOf(now.get()).toBytes());
        }
        return same;
    }

    /** Tells whether the source still has the release that is here, as far as is known from the last run. */
    public boolean isAtSource() throws IOException {
        Optional<MirrorNote> note = LocalCopy.open(request.folder())
                .note()
                .filter(n -> n.heldBack().isEmpty() && n.origin().equals(store.toString()));
        return note.isPresent() && Source.isStillAt(store, note.get().mark());
    }

    /** Returns what brings single files of the release that is here from the source, whatever release that has now. */
    public Restoration restoration() {
        return new Restoration(request.host(), request.folder(), store);
    }

    /**
     * Fetches what is damaged here, and whatever else the source has another of.
     *
     * @param damaged names of files
     */
    public MirrorReport repair(Set<String> damaged, int workers, Progress progress)
            throws IOException, InterruptedException {
        return renew(workers, progress, damaged);
    }

    /** Asks the source for one small file; returns what is to be noted then if nothing has changed, else nothing. */
    private Optional<MirrorNote> unchanged(LocalCopy here) throws IOException {
        Optional<MirrorNote> note = here.note()
                .filter(n -> !request.policy().recheck() && here.root().isPresent())
                .filter(n -> n.mark().dated() && n.origin().equals(store.toString()))
                .filter(n -> n.selection().equals(request.selection()));
        if (note.isEmpty() || !Source.isStillAt(store, note.get().mark())) {
            return Optional.empty();
        }
        Optional<RootFile> root = Optional.empty();
        if (note.get().damage().isPresent()) {
            root = Optional.of(RootFile.again(store, note.get().damage().get()));
        }
        if (root.flatMap(RootFile::manifest).isPresent()) {
            return Optional.empty(); // made anew, and now it is the manifest that tells
        }
        return Optional.of(note.get().at(now(), root.flatMap(RootFile::damage)));
    }

    private MirrorReport keep(LocalCopy here, MirrorNote after) throws IOException {
        AtomicFiles.write(here.folder().resolve(ManifestName.MIRROR), after.toBytes());
        return new MirrorReport(
                store.toString(),
                request.folder(),
                MirrorReport.Result.UNCHANGED,
                after.newestDate(),
                MirrorReport.Done.NOTHING,
                List.of(),
                findings(after));
    }

    private static List<Finding> findings(MirrorNote note) {
        List<Finding> findings = new ArrayList<>();
        note.damage().map(DamagedRoot::finding).ifPresent(findings::add);
        note.heldBack()
                .map(date -> new Finding(
                        Finding.Severity.INFO,
                        "",
                        ManifestName.ROOT,
                        "an earlier release was put back here, and stays until the source has another one"))
                .ifPresent(findings::add);
        return findings;
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private MirrorReport renew(int workers, Progress progress, Set<String> damaged)
            throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Optional<MirrorReport> report = tryOnce(workers, progress, damaged);
            if (report.isPresent()) {
                return report.get();
            }
        }
        throw new IOException("'" + store + "' became another release " + TRIES
                + " times while it was copied: what has come is kept; run again when it rests");
    }

    /** Empty if the source became another release meanwhile. */
    private Optional<MirrorReport> tryOnce(int workers, Progress progress, Set<String> damaged)
            throws IOException, InterruptedException {
        LocalCopy here = LocalCopy.open(request.folder());
        // damaged properties cannot say which survey this is, the note of the mirror does
        Source source = damaged.contains("properties") && here.note().isPresent() ? Source.open(store) : open(here);
        if (here.isUnlisted()) {
            HipsProperties list = here.properties().orElseGet(HipsProperties::empty);
            ManifestMaker.make(
                    request.folder(), list.value("creator_did"), list.value("hips_release_date"), workers, progress);
            here = LocalCopy.open(request.folder());
        }
        SurveyStore objects = source.objects();
        MirrorPlan plan = new Planning(source, objects, here, request, damaged).plan();
        requireModest(plan.deleted(), here);
        return new Release(request, source, objects, here, plan, note(source, here)).make(progress);
    }

    private MirrorNote note(Source source, LocalCopy here) {
        return new MirrorNote(
                store.toString(),
                source.mark(),
                source.properties().value("hips_release_date"),
                request.selection(),
                now(),
                here.note().map(MirrorNote::pace).orElse(Pace.ASSUMED),
                source.damage(),
                Optional.empty());
    }

    private void requireModest(long deletions, LocalCopy here) throws ConfigException {
        requireModest(deletions, here, request);
    }

    static void requireModest(long deletions, LocalCopy here, MirrorRequest request) throws ConfigException {
        if (!request.policy().allowsDeleting(deletions, here.files())) {
            throw new ConfigException("'" + request.folder() + "': the source has " + deletions + " of the "
                    + here.files()
                    + " files here no more, and at most " + request.policy().maxDeletePercent()
                    + " % may be deleted without being asked for: look whether the source is whole, then give --yes or a "
                    + "higher --max-delete");
        }
    }

    private Source open(LocalCopy here) throws IOException {
        Source source = Source.open(store);
        Optional<HipsProperties> mine = here.properties();
        if (mine.isPresent()) {
            requireSameSurvey(source, new SurveyProperties(mine.get()), here);
        }
        return source;
    }

    private void requireSameSurvey(Source source, SurveyProperties mine, LocalCopy here) throws ConfigException {
        if (!mine.creatorDid().equals(source.survey().creatorDid())) {
            throw new ConfigException("'" + request.folder() + "': expected a copy of '"
                    + source.survey().creatorDid().orElse("a survey without creator_did") + "', found '"
                    + mine.creatorDid().orElse("a survey without creator_did") + "': choose another folder");
        }
        boolean ours = here.note().isEmpty() && mine.status().role() == HipsStatus.Role.MASTER;
        if (ours && !request.policy().confirmed()) {
            throw new ConfigException(
                    "'" + request.folder() + "' holds a survey that calls itself a master and was not "
                            + "mirrored by this program: if it is a copy that may be replaced, give --yes");
        }
    }
}
