package org.hipsnode.check;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.Branch;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.Node;
import org.hipsnode.manifest.Page;
import org.hipsnode.manifest.Place;
import org.hipsnode.manifest.ShardReading;
import org.hipsnode.manifest.TileTree;
import org.hipsnode.progress.Progress;
import org.hipsnode.store.FileName;
import org.hipsnode.store.FolderStore;
import org.hipsnode.work.OrderedWork;

/**
 * Compares every byte of a survey in a folder with its manifest: what is missing, was added, has another size or other
 * content, the manifest's own files included.
 *
 * <p>One thread walks down the manifest and gives each file to the workers. Memory is one bit a tile, for telling what was
 * added.
 */
public final class ManifestCheck {
    private final Path folder;
    private final ManifestReader reader;
    private final OrderedWork<Result> work;
    private final Reading reading;
    private final Progress.Phase phase;
    private final KnownFiles known = new KnownFiles();

    /** How many files were met so far, those that cannot be told of included. */
    private long met;

    private ManifestCheck(
            Path folder, ManifestReader reader, OrderedWork<Result> work, Reading reading, Progress.Phase phase) {
        this.folder = folder;
        this.reader = reader;
        this.work = work;
        this.reading = reading;
        this.phase = phase;
    }

    /** What is known when so many files are done. */
    private record Result(long done, Optional<Defect> defect) {}

    /**
     * Checks a survey, and returns the root of its manifest; empty if that is damaged, so that nothing else can be checked.
     *
     * @param findings takes what is found, in the sequence of the manifest, as soon as it is certain
     * @throws ConfigException if there is no manifest
     */
    public static Optional<ManifestRoot> check(Path folder, int workers, Progress progress, Consumer<Finding> findings)
            throws IOException {
        return check(folder, workers, progress, Reading.ALL, defect -> findings.accept(defect.finding()));
    }

    /**
     * Checks a survey that is read in a certain way, as {@link #check(Path, int, Progress, Consumer)} does.
     *
     * @param defects takes what is found, in the sequence of the manifest, as soon as it is certain
     */
    public static Optional<ManifestRoot> check(
            Path folder, int workers, Progress progress, Reading reading, Consumer<Defect> defects) throws IOException {
        ManifestReader reader = new ManifestReader(new FolderStore(folder));
        ManifestRoot root;
        try {
            root = reader.root().orElseThrow(() -> noManifest(folder));
        } catch (MalformedDataException e) {
            defects.accept(damage(ManifestName.ROOT, e, "; no file can be checked"));
            return Optional.empty();
        }
        try (Progress.Phase phase = progress.begin("verify", "files", root.fileCount());
                OrderedWork<Result> work = new OrderedWork<>(workers, result -> {
                    result.defect().ifPresent(defects);
                    reading.done().accept(result.done());
                })) {
            new ManifestCheck(folder, reader, work, reading, phase).check(root);
        }
        requireUnchanged(folder, reader, root);
        return Optional.of(root);
    }

    private static ConfigException noManifest(Path folder) {
        return new ConfigException("'" + folder + "': expected a survey with a manifest, found no " + ManifestName.ROOT
                + "; if the files are good, make one: hipsnode verify " + folder + " --make");
    }

    private static void requireUnchanged(Path folder, ManifestReader reader, ManifestRoot root) throws IOException {
        if (!reader.root().map(ManifestRoot::digest).equals(Optional.of(root.digest()))) {
            throw new IOException("'" + folder + "' became another release while it was verified: start again");
        }
    }

    private void check(ManifestRoot root) throws IOException {
        known.add(ManifestName.ROOT);
        for (Map.Entry<TileTree, Branch> tree : root.trees().entrySet()) {
            checkBelow(tree.getKey().top(), tree.getValue());
        }
        for (Map.Entry<String, FileRecord> file : root.files().entrySet()) {
            known.add(file.getKey());
            give(file.getKey(), file.getValue());
        }
        new FolderStore(folder).listEverything((name, bytes) -> {
            if (!known.mayHave(name) && !ManifestName.isNote(name)) {
                report(added(name));
            }
        });
        work.finish();
    }

    /** Gives a file to the workers, unless it was read before. */
    private void give(String name, FileRecord said) throws IOException {
        met++;
        long done = met;
        if (done > reading.after()) {
            work.give(() -> new Result(done, checkFile(name, said)));
        } else {
            phase.add(1, 0);
        }
    }

    /** A defect has its place among those of the workers, and was told where the files about it were read before. */
    private void report(Defect defect) throws IOException {
        long done = met;
        if (done >= reading.after()) {
            work.give(() -> new Result(done, Optional.of(defect)));
        }
    }

    private static Defect added(String name) {
        return new Defect(
                Defect.Kind.ADDED,
                FileName.isValid(name)
                        ? new Finding(Severity.ERROR, "", name, "added: the manifest does not tell of it")
                        : new Finding(Severity.WARNING, "", name, "added, but under a name that is not served"));
    }

    private void checkBelow(Place place, Branch said) throws IOException {
        String name = place.objectName(said.digest());
        known.add(name);
        if (place.level() == 0) {
            checkShard(place, said, name);
            return;
        }
        Node node;
        try {
            node = reader.node(place, said);
        } catch (IOException e) {
            known.addLostObjects();
            reportLost(place, said, name, e);
            return;
        }
        for (Map.Entry<Integer, Branch> child : node.children().entrySet()) {
            checkBelow(place.child(child.getKey()), child.getValue());
        }
    }

    private void reportLost(Place place, Branch said, String name, IOException reason) throws IOException {
        known.addLostTiles(place.tree(), place.firstCell(), place.endCell());
        phase.add(said.tiles(), 0);
        report(damage(name, reason, "; " + said.tiles() + " tiles cannot be checked: " + place));
        met += said.tiles();
    }

    private void checkShard(Place place, Branch said, String name) throws IOException {
        ShardReading shard;
        try {
            shard = reader.shard(place, said);
        } catch (IOException e) {
            reportLost(place, said, name, e);
            return;
        }
        if (shard.defect().isPresent()) {
            report(damage(name, shard.defect().get(), ""));
        }
        long end = met + said.tiles();
        for (int page : shard.lost()) {
            long first = place.firstCell() + (long) page * Page.CELLS;
            known.addLostTiles(place.tree(), first, first + Page.CELLS);
        }
        for (Map.Entry<Integer, Page> page : shard.shard().pages().entrySet()) {
            checkPage(place.tree(), place.firstCell() + (long) page.getKey() * Page.CELLS, page.getValue());
        }
        met = end; // whatever pages are lost, the next file has its number
    }

    private void checkPage(TileTree tree, long firstCell, Page page) throws IOException {
        for (int cell : page.cells().stream().toArray()) {
            known.addTile(tree, firstCell + cell);
            give(tree.name(firstCell + cell), new FileRecord(page.bytes(cell), page.digest(cell)));
        }
    }

    private Optional<Defect> checkFile(String name, FileRecord said) {
        try {
            Optional<String> defect = defect(folder.resolve(name), said);
            phase.add(1, said.bytes());
            return defect.map(message -> defect(Defect.Kind.DAMAGED, name, message));
        } catch (NoSuchFileException e) {
            phase.add(1, 0);
            return Optional.of(defect(Defect.Kind.MISSING, name, "missing: expected " + said.bytes() + " bytes"));
        } catch (InvalidPathException e) {
            return Optional.of(defect(
                    Defect.Kind.DAMAGED, name, "cannot be read: the locale of this process cannot spell its name"));
        } catch (InterruptedIOException e) {
            throw new CancellationException(e.getMessage()); // which says nothing about the file
        } catch (IOException e) {
            return Optional.of(damage(name, e, ""));
        }
    }

    private Optional<String> defect(Path file, FileRecord said) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            return Optional.of("expected a file, found " + (attributes.isDirectory() ? "a folder" : "something else"));
        }
        if (attributes.size() != said.bytes()) {
            return Optional.of("expected " + said.bytes() + " bytes, found " + attributes.size());
        }
        Digest found = Digest.of(file, reading.gate());
        return found.equals(said.digest())
                ? Optional.empty()
                : Optional.of("expected content of digest " + said.digest() + ", found " + found);
    }

    private static Defect damage(String name, IOException reason, String consequence) {
        return defect(Defect.Kind.DAMAGED, name, message(name, reason) + consequence);
    }

    private static Defect defect(Defect.Kind kind, String name, String message) {
        return new Defect(kind, new Finding(Severity.ERROR, "", name, message));
    }

    private static String message(String name, IOException reason) {
        if (reason instanceof FileSystemException fault) {
            String why = fault.getReason() == null ? fault.getClass().getSimpleName() : fault.getReason();
            return "cannot be read: " + why;
        }
        String message = String.valueOf(reason.getMessage());
        String start = "'" + name + "': ";
        return message.startsWith(start) ? message.substring(start.length()) : message;
    }
}
