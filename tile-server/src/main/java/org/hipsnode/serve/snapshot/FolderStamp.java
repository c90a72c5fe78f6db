package org.hipsnode.serve.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hipsnode.manifest.ManifestName;

/**
 * What tells one release in a folder from the next: the folder itself, and the files that change with every release.
 *
 * @param folder what the file system knows it by; its path where the file system has nothing better
 */
record FolderStamp(Object folder, List<Mark> marks) {
    private static final List<String> TELLING = List.of("properties", "Moc.fits", "index.html", ManifestName.ROOT);

    /** A file's own number, size and time; none where there is no such file. */
    private record Mark(Optional<Object> key, long size, long time) {}

    FolderStamp {
        marks = List.copyOf(marks);
    }

    /** Looks at a folder; refuses one that is not there. */
    static FolderStamp of(Path folder) throws IOException {
        BasicFileAttributes found = Files.readAttributes(folder, BasicFileAttributes.class);
        Object key = Optional.ofNullable(found.fileKey()).orElse(folder);
        Stream.Builder<Mark> marks = Stream.builder();
        for (String name : TELLING) {
            marks.add(mark(folder.resolve(name)));
        }
        return new FolderStamp(key, marks.build().toList());
    }

    private static Mark mark(Path file) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new Mark(
                    Optional.ofNullable(found.fileKey()),
                    found.size(),
                    found.lastModifiedTime().toInstant().toEpochMilli());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new Mark(Optional.empty(), -1, 0);
        }
    }

    boolean hasFolderOf(FolderStamp other) {
        return folder.equals(other.folder);
    }
}
