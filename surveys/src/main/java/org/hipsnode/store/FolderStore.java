package org.hipsnode.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hipsnode.io.BoundedReads;

/** A survey in a folder. */
public final class FolderStore implements ListedStore {
    /** A tile lies two folders deep, a progenitor three. */
    private static final int MAX_NESTING = 8;

    private static final int MANY = 500;

    private final Path folder;

    public FolderStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<byte[]> read(String name, int limit) throws IOException {
        Path file;
        try {
            file = folder.resolve(FileName.require(name));
        } catch (InvalidPathException e) {
            return Optional.empty(); // the locale of this process cannot spell it
        }
        if (Files.isDirectory(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(BoundedReads.readFile(file, limit));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (isBelowAFile(file)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean isBelowAFile(Path file) {
        Path above = file.getParent();
        while (above != null && !above.equals(folder)) {
            if (Files.isRegularFile(above)) {
                return true;
            }
            above = above.getParent();
        }
        return false;
    }

    @Override
    public void list(FileSink sink) throws IOException {
        list(folder, "", 0, name -> !name.startsWith("."), (name, bytes) -> {
            if (bytes >= 0) {
                sink.accept(name, bytes);
            }
        });
    }

    /** Reports everything but folders, hidden entries too; what is no file, such as a broken link, has the size −1. */
    public void listEverything(FileSink sink) throws IOException {
        list(folder, "", 0, name -> true, sink);
    }

    private static void list(Path directory, String prefix, int nesting, Predicate<String> shown, FileSink sink)
            throws IOException {
        if (nesting > MAX_NESTING) {
            throw new IOException(
                    "'" + directory + "': folders nested deeper than " + MAX_NESTING + ", perhaps by a link");
        }
        SortedMap<String, Path> entries = new TreeMap<>();
        try (var stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entry -> entries.put(entry.getFileName().toString(), entry));
        }
        entries.keySet().removeIf(shown.negate());
        Iterator<Optional<BasicFileAttributes>> attributes = attributes(entries.values());
        for (Map.Entry<String, Path> entry : entries.entrySet()) {
            String name = entry.getKey();
            Optional<BasicFileAttributes> found = attributes.next();
            if (found.isPresent() && found.get().isDirectory()) {
                list(entry.getValue(), prefix + name + "/", nesting + 1, shown, sink);
            } else {
                boolean isFile = found.isPresent() && found.get().isRegularFile();
                sink.accept(prefix + name, isFile ? found.get().size() : -1);
            }
        }
    }

    /** Of many files they are asked for by all processors, since that takes most of the time. */
    private static Iterator<Optional<BasicFileAttributes>> attributes(Collection<Path> entries) {
        Stream<Path> files = entries.size() < MANY ? entries.stream() : List.copyOf(entries).parallelStream();
        return files.map(FolderStore::attributes).toList().iterator();
    }

    /** Asks once for all that is wanted of an entry; empty for one that leads nowhere. */
    private static Optional<BasicFileAttributes> attributes(Path entry) {
        try {
            return Optional.of(Files.readAttributes(entry, BasicFileAttributes.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
