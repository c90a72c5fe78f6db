package org.hipsnode.mirror.pull;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hipsnode.check.KnownFiles;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.ManifestWriter;
import org.hipsnode.mirror.transfer.Landing;
import org.hipsnode.mirror.transfer.StagedLanding;
import org.hipsnode.mirror.transfer.Validators;
import org.hipsnode.mirror.transfer.WantedFile;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderPublication.Written;
import org.hipsnode.store.FolderStore;

/** The release in the making: each of its files goes into the new manifest as it comes. */
final class StagedFiles implements Landing {
    /** The time of a file by which the source cannot be asked. */
    private static final FileTime NEVER_TOLD = FileTime.fromMillis(0);

    private final FolderPublication release;
    private final LocalCopy here;
    private final boolean expected;
    private final StagedLanding landing;
    private final ManifestWriter manifest;

    /** What this run has put here, if a run that was stopped had put something here before. */
    private final Optional<KnownFiles> taken;

    private long kept;
    private long keptBytes;
    private boolean links = true;

    /** What the source told of the last file, since many are of the same second. */
    private Optional<String> told = Optional.empty();

    private FileTime time = NEVER_TOLD;

    /**
     * Begins to fill a release.
     *
     * @param expected whether the source tells which files it has, so that one that is missing there is a defect
     */
    StagedFiles(FolderPublication release, LocalCopy here, boolean expected) {
        this.release = release;
        this.here = here;
        this.expected = expected;
        this.landing = new StagedLanding(release);
        this.manifest = new ManifestWriter(release::write);
        this.taken = release.finishedFiles() > 0 ? Optional.of(new KnownFiles()) : Optional.empty();
    }

    @Override
    public Path place(String name) throws IOException {
        return landing.place(name);
    }

    @Override
    public void done(String name, FileRecord record) throws IOException {
        landing.done(name, record);
    }

    boolean isExpected() {
        return expected;
    }

    Path path(String name) {
        return release.staged().resolve(name);
    }

    /** Takes a file over from the release here; false if it is not here as the manifest says. */
    boolean keep(String name, FileRecord record) throws IOException {
        if (!isHere(name, record)) {
            return false;
        }
        links &= release.takeOver(name);
        add(name, record);
        kept++;
        keptBytes += record.bytes();
        return true;
    }

    private boolean isHere(String name, FileRecord record) throws IOException {
        try {
            return Files.size(here.folder().resolve(name)) == record.bytes();
        } catch (NoSuchFileException e) {
            return false;
        } catch (FileSystemException e) {
            return false; // a folder in its place, or below a file
        }
    }

    /** Takes a file into the manifest. */
    void add(String name, FileRecord record) {
        manifest.add(name, record);
        taken.ifPresent(files -> files.addFile(name));
    }

    /** Removes what a run that was stopped has fetched and the source, or the plan, has no more. */
    void removeOthers() throws IOException {
        if (taken.isEmpty()) {
            return;
        }
        List<String> others = new ArrayList<>();
        new FolderStore(release.staged()).list((name, bytes) -> {
            if (!taken.get().mayHave(name)) {
                others.add(name);
            }
        });
        for (String name : others) {
            release.remove(name);
        }
    }

    /**
     * Returns what to ask the source for; empty if a run that was stopped has fetched the very file.
     *
     * @param said what the source's manifest says of it
     * @param asks whether the file here may be the source's
     */
    Optional<WantedFile> want(String name, Optional<FileRecord> said, boolean asks) throws IOException {
        Optional<FileRecord> before = written(name);
        if (said.isPresent() && said.equals(before)) {
            add(name, before.get());
            return Optional.empty();
        }
        Optional<Path> known = before.isPresent() && said.isEmpty()
                ? Optional.of(path(name))
                : asks ? Optional.of(here.folder().resolve(name)) : Optional.empty();
        return Optional.of(new WantedFile(
                name,
                said.map(record -> OptionalLong.of(record.bytes())).orElse(OptionalLong.empty()),
                said.map(FileRecord::digest),
                known.isPresent() ? validators(known.get()) : Optional.empty()));
    }

    /** Returns what a run that was stopped has written, if it is still the same. */
    private Optional<FileRecord> written(String name) throws IOException {
        Optional<Written> note = release.written(name);
        if (note.isEmpty() || !Files.isRegularFile(path(name))) {
            return Optional.empty();
        }
        FileRecord record = new FileRecord(
                note.get().bytes(), new Digest(note.get().high(), note.get().low()));
        boolean same = Files.size(path(name)) == record.bytes()
                && Digest.of(path(name)).equals(record.digest());
        return same ? Optional.of(record) : Optional.empty();
    }

    private static Optional<Validators> validators(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Optional<String> etag = FileTag.of(file);
        if (etag.isPresent()) {
            return Optional.of(new Validators(etag, Optional.empty()));
        }
        FileTime time = Files.getLastModifiedTime(file);
        return time.equals(NEVER_TOLD)
                ? Optional.empty()
                : Optional.of(new Validators(Optional.empty(), Optional.of(HttpTime.text(time))));
    }

    /** Takes a file that the source still has as it was when it came; false if it is not here any more. */
    boolean unchanged(String name, Optional<FileRecord> recordHere) throws IOException {
        Optional<FileRecord> before = written(name);
        if (before.isPresent()) {
            add(name, before.get());
            return true;
        }
        return recordHere.isPresent() && keep(name, recordHere.get());
    }

    /**
     * Keeps the time of the source's file, or its ETag where that is all that was told, to ask by next time. A time to come is none:
     * whoever asks by it is told that nothing has changed until then.
     */
    void keepValidators(String name, Validators validators) throws IOException {
        if (!validators.lastModified().equals(told)) {
            told = validators.lastModified();
            time = told.flatMap(HttpTime::parse)
                    .filter(t -> !t.toInstant().isAfter(Instant.now()))
                    .orElse(NEVER_TOLD);
        }
        // both times, else Java would look for the other one first
        Files.getFileAttributeView(path(name), BasicFileAttributeView.class).setTimes(time, time, null);
        if (time.equals(NEVER_TOLD) && validators.etag().isPresent()) {
            FileTag.set(path(name), validators.etag().get());
        }
    }

    void seal(int order) throws IOException {
        manifest.seal(order, 0, HealpixGrid.pixelCount(order));
    }

    /** Writes a file that is made here. */
    void write(String name, byte[] content) throws IOException {
        release.remove(name);
        release.write(name, content);
        manifest.add(name, content);
    }

    /** Writes the manifest, after all else. */
    ManifestRoot finish(HipsProperties list) throws IOException {
        ManifestRoot root = manifest.finish(list.value("creator_did"), list.value("hips_release_date"), here.root());
        release.write(ManifestName.ROOT, root.toBytes());
        return root;
    }

    long kept() {
        return kept;
    }

    long keptBytes() {
        return keptBytes;
    }

    /** Tells whether all that was kept so far is linked, not copied. */
    boolean links() {
        return links;
    }
}
