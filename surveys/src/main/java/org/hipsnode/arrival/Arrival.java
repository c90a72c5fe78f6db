package org.hipsnode.arrival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.hipsnode.check.Findings;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.Branch;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestLookup;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.ManifestWalk;
import org.hipsnode.manifest.Place;
import org.hipsnode.store.FileName;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.TreeName;

/**
 * A release on its way into a folder: known by the root of its manifest, which comes first, and by nothing else.
 *
 * <p>Whoever sends asks again and again what is {@link #wanted}: first the objects of the manifest, then the files that the
 * release before has not. Each is compared with its digest as it comes, and is in its place only if it is right. All lies beside
 * the survey until {@link #publish}; what has come when a run is stopped need not come again, being proven once more then.
 *
 * <p>What the release before has of the same name, size and digest is linked, not read: whether that is sound is what
 * {@code verify} tells.
 *
 * <p>Files may come by many threads.
 */
public final class Arrival implements AutoCloseable {
    private final Path folder;
    private final ManifestRoot root;
    private final FolderPublication publication;
    private final SurveyStore staged;
    private final Before before;
    private final Map<String, ManifestWalk.Lost> objects = new ConcurrentHashMap<>();
    private final AtomicInteger incoming = new AtomicInteger();
    private final AtomicLong arrivedFiles = new AtomicLong();
    private final AtomicLong arrivedBytes = new AtomicLong();
    private final AtomicLong hereBytes = new AtomicLong();
    private volatile ManifestLookup tiles;
    private ManifestWalk walk;
    private boolean firstPass = true;
    private boolean lacking;
    private boolean complete;
    private boolean closed;

    /** What looks a release over. */
    @FunctionalInterface
    public interface Check {
        Findings check(SurveyStore survey) throws IOException;
    }

    private Arrival(Path folder, ManifestRoot root, FolderPublication publication) throws IOException {
        this.folder = folder;
        this.root = root;
        this.publication = publication;
        this.staged = new FolderStore(publication.staged());
        this.before = Before.of(folder);
        publication.write(ManifestName.ROOT, root.toBytes());
        this.tiles = ManifestLookup.of(staged);
        this.walk = newWalk();
    }

    /**
     * Begins, or goes on where the same release was stopped before.
     *
     * @param folder of the survey, which need not exist yet
     * @throws org.hipsnode.store.LockedException if another run has the survey
     */
    public static Arrival begin(Path folder, ManifestRoot root) throws IOException {
        FolderPublication publication = FolderPublication.begin(folder, Optional.of(identity(root)));
        try {
            return new Arrival(folder, root, publication);
        } catch (IOException e) {
            publication.close();
            throw e;
        }
    }

    private static String identity(ManifestRoot root) {
        return "arrival of " + root.digest() + "\n" + root.content();
    }

    /**
     * A release of which a part has come, and that nobody may be sending any more.
     *
     * @param changed when the last file came
     */
    public record Unfinished(ManifestRoot root, Instant changed) {}

    /** Returns the release that was on its way into a folder; empty if there is none, or another work has the folder. */
    public static Optional<Unfinished> unfinished(Path folder) throws IOException {
        Path work = FolderPublication.workOf(folder);
        Optional<Instant> changed = FolderPublication.lastChange(work);
        Optional<ManifestRoot> root =
                changed.isPresent() ? Before.root(new FolderStore(work.resolve("release"))) : Optional.empty();
        return root.isPresent() && FolderPublication.wouldContinue(folder, identity(root.get()))
                ? Optional.of(new Unfinished(root.get(), changed.orElseThrow()))
                : Optional.empty();
    }

    /**
     * Removes what has come of a release that nobody sends any more.
     *
     * @throws org.hipsnode.store.LockedException if somebody does
     */
    public static void clear(Path folder) throws IOException {
        FolderPublication.begin(folder).close();
    }

    private ManifestWalk newWalk() {
        return new ManifestWalk(new ManifestReader(staged), root);
    }

    /** Returns the root of the release that comes. */
    public ManifestRoot root() {
        return root;
    }

    /**
     * Returns names of what is still to come, each once until all have been told, then again those that have not come. None
     * are told once there are none, and when it is getting late: {@link #isComplete} tells which.
     *
     * @param limit how many names to return at most
     * @param late whether it is time to return
     */
    public synchronized List<String> wanted(int limit, BooleanSupplier late) throws IOException {
        requireOpen();
        List<String> names = new ArrayList<>();
        while (!complete && names.size() < limit && !late.getAsBoolean()) {
            Optional<ManifestWalk.Step> step = walk.next();
            if (step.isPresent()) {
                look(step.get(), names);
            } else if (!lacking) {
                complete = true;
            } else if (names.isEmpty()) {
                beginPass();
            } else {
                return names;
            }
        }
        return names;
    }

    private void beginPass() throws IOException {
        tiles = ManifestLookup.of(staged);
        walk = newWalk();
        firstPass = false;
        lacking = false;
    }

    private void look(ManifestWalk.Step step, List<String> names) throws IOException {
        if (step instanceof ManifestWalk.Lost lost) {
            lookForObject(lost, names);
        } else if (step instanceof ManifestWalk.File file) {
            lookForFile(file, names);
        }
    }

    private void lookForFile(ManifestWalk.File file, List<String> names) throws IOException {
        if (!isHere(file) && !takeOver(file.name(), file.record())) {
            want(file.name(), names);
        } else if (firstPass) {
            hereBytes.addAndGet(file.record().bytes());
        }
    }

    private void want(String name, List<String> names) {
        lacking = true;
        names.add(name);
    }

    /** An object is taken from the release before where it has the very same. */
    private void lookForObject(ManifestWalk.Lost lost, List<String> names) throws IOException {
        publication.remove(lost.name());
        if (before.hasObject(lost.name()) && isRight(lost, new FolderStore(folder))) {
            publication.takeOver(lost.name());
            walk.again(lost);
        } else {
            objects.put(lost.name(), lost);
            want(lost.name(), names);
        }
    }

    private static boolean isRight(ManifestWalk.Lost object, SurveyStore store) throws IOException {
        try {
            requireRight(object, store);
            return true;
        } catch (MalformedDataException e) {
            return false;
        }
    }

    static void requireRight(ManifestWalk.Lost object, SurveyStore store) throws IOException {
        ManifestReader reader = new ManifestReader(store);
        Place place = object.place();
        Branch said = object.said();
        if (place.level() > 0) {
            reader.node(place, said);
            return;
        }
        Optional<IOException> defect = reader.shard(place, said).defect();
        if (defect.isPresent()) {
            throw new MalformedDataException(String.valueOf(defect.get().getMessage()), defect.get());
        }
    }

    /** What came before a run was stopped is proven once, since the power may have gone too. */
    private boolean isHere(ManifestWalk.File file) throws IOException {
        Path path = publication.staged().resolve(file.name());
        if (!Files.isRegularFile(path)) {
            return false;
        }
        boolean proven = !firstPass
                || publication.written(file.name()).isEmpty()
                || (Files.size(path) == file.record().bytes()
                        && Digest.of(path).equals(file.record().digest()));
        if (!proven) {
            publication.remove(file.name());
        }
        return proven;
    }

    private boolean takeOver(String name, FileRecord record) throws IOException {
        if (!before.has(name, record)) {
            return false;
        }
        publication.takeOver(name);
        return true;
    }

    /** Tells whether all has come. */
    public synchronized boolean isComplete() {
        return complete;
    }

    /**
     * Begins to take a file; empty if the release has none of that name, or its part of the manifest has not come yet.
     *
     * @throws IOException if it cannot be written
     */
    public Optional<Incoming> take(String name) throws IOException {
        Optional<Incoming.Proof> proof = proof(name);
        if (proof.isEmpty()) {
            return Optional.empty();
        }
        Path temporary = publication.workFolder().resolve("incoming-" + incoming.incrementAndGet());
        return Optional.of(Incoming.begin(name, temporary, proof.get(), this::place));
    }

    private Optional<Incoming.Proof> proof(String name) throws IOException {
        if (!FileName.isValid(name)) {
            return Optional.empty();
        }
        if (ManifestName.isObject(name)) {
            return Optional.ofNullable(objects.get(name)).map(Incoming.OfObject::new);
        }
        return record(name).map(Incoming.OfFile::new);
    }

    private Optional<FileRecord> record(String name) throws IOException {
        Optional<FileRecord> other = Optional.ofNullable(root.files().get(name));
        Optional<TreeName> parsed = other.isPresent() ? Optional.empty() : TreeName.parse(name);
        return parsed.isPresent() && parsed.get() instanceof TreeName.Tile tile ? tiles.find(tile) : other;
    }

    /** Nothing is put in place once another run may have the folder. */
    private synchronized void place(String name, Path file, FileRecord record) throws IOException {
        requireOpen();
        Path target = publication.staged().resolve(name);
        Files.createDirectories(target.resolveSibling("."));
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        publication.note(
                name,
                new FolderPublication.Written(
                        record.bytes(), record.digest().high(), record.digest().low()));
        arrivedFiles.incrementAndGet();
        arrivedBytes.addAndGet(record.bytes());
        hereBytes.addAndGet(ManifestName.isObject(name) ? 0 : record.bytes());
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("'" + folder + "': the release that was on its way was given up: begin again");
        }
    }

    /** Returns how many files have come, objects of the manifest too, since this was begun. */
    public long arrivedFiles() {
        return arrivedFiles.get();
    }

    /** Returns how many bytes of the release are still to come at most: what has not been looked for is counted too. */
    public long missingBytes() {
        return Math.max(0, root.totalBytes() - hereBytes.get());
    }

    /** Returns the bytes of the files that have come. */
    public long arrivedBytes() {
        return arrivedBytes.get();
    }

    /**
     * Looks the release over and puts it into the survey's place, unless {@link Findings#allowsCopy} forbids it; the arrival stays
     * open then.
     *
     * @param acceptsDefects whether damage is accepted
     * @throws IllegalStateException if something has not come yet
     */
    public synchronized Findings publish(Check check, boolean acceptsDefects) throws IOException {
        requireOpen();
        if (!complete) {
            throw new IllegalStateException("'" + folder + "': not all files of the release have come");
        }
        Findings findings = check.check(staged);
        if (findings.allowsCopy(acceptsDefects)) {
            publication.commit();
            close();
        }
        return findings;
    }

    /** Gives up, and removes what has come. */
    public synchronized void discard() throws IOException {
        if (!closed) {
            publication.discard();
            close();
        }
    }

    /** Ends; what has come stays for when the same release is begun again. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            publication.close();
        }
    }
}
