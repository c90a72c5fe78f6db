package org.hipsnode.serve.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hipsnode.store.FileName;

/**
 * The folder of one release, held open.
 *
 * <p>A new release takes the name of the one before by renaming. So names are looked up from the open folder ({@code openat}),
 * not from the root: this release's files can be reached until they are deleted, and never another's. Links are followed only
 * where they lead to files of the same release, which costs a look at the name; on systems without {@code openat} all do.
 */
final class ReleaseFolder implements Closeable {
    private final Path path;
    private final FolderStamp stamp;
    private final DirectoryStream<Path> held;
    private final Set<String> withoutLinks = ConcurrentHashMap.newKeySet();

    private ReleaseFolder(Path path, FolderStamp stamp, DirectoryStream<Path> held) {
        this.path = path;
        this.stamp = stamp;
        this.held = held;
    }

    @SuppressWarnings("StreamResourceLeak") // held until this is closed
    static ReleaseFolder open(Path path) throws IOException {
        return new ReleaseFolder(path, FolderStamp.of(path), Files.newDirectoryStream(path));
    }

    /** Tells whether the name of the folder still leads to this release, with nothing changed that tells of a change. */
    boolean isInPlace() throws IOException {
        return FolderStamp.of(path).equals(stamp);
    }

    FolderStamp stamp() {
        return stamp;
    }

    Path path() {
        return path;
    }

    /** Looks again, when next asked, whether folders are links. */
    void forgetLinks() {
        withoutLinks.clear();
    }

    /**
     * Opens a file; empty if there is none by that name, or it lies elsewhere, or the release is closed.
     *
     * @throws IOException if the file may be there but cannot be read
     */
    Optional<OpenedFile> find(String name) throws IOException {
        if (!FileName.isValid(name)) {
            return Optional.empty();
        }
        try {
            return held instanceof SecureDirectoryStream<Path> folder && isWithoutLinks(folder, parent(name))
                    ? findHeld(folder, name)
                    : findByPath(name);
        } catch (NoSuchFileException
                | NotDirectoryException
                | InvalidPathException
                | ClosedDirectoryStreamException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            String reason = String.valueOf(e.getReason());
            if (reason.contains("Not a directory") || reason.contains("File name too long")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Lists a folder; empty if there is none by that name, or it lies elsewhere, or another release has come. */
    Optional<List<String>> list(String name) throws IOException {
        Optional<List<String>> names = FolderListing.of(path, name);
        return FolderStamp.of(path).hasFolderOf(stamp) ? names : Optional.empty();
    }

    private static String parent(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private boolean isWithoutLinks(SecureDirectoryStream<Path> folder, String name) throws IOException {
        if (name.isEmpty() || withoutLinks.contains(name)) {
            return true;
        }
        boolean plain = isWithoutLinks(folder, parent(name))
                && attributes(folder, Path.of(name)).isDirectory();
        if (plain) {
            withoutLinks.add(name);
        }
        return plain;
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    private Optional<OpenedFile> findHeld(SecureDirectoryStream<Path> folder, String name) throws IOException {
        Path relative = Path.of(name);
        BasicFileAttributes found = attributes(folder, relative);
        if (found.isSymbolicLink()) {
            return findByPath(name);
        }
        if (!found.isRegularFile()) { // opening a pipe would wait for its writer
            return Optional.empty();
        }
        SeekableByteChannel channel =
                folder.newByteChannel(relative, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        return Optional.of(opened((FileChannel) channel, found));
    }

    private Optional<OpenedFile> findByPath(String name) throws IOException {
        Path file = path.resolve(name).toRealPath();
        if (!file.startsWith(path.toRealPath()) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        OpenedFile opened = opened(FileChannel.open(file), Files.readAttributes(file, BasicFileAttributes.class));
        if (!FolderStamp.of(path).hasFolderOf(stamp)) { // the name led to another release by then
            opened.channel().close();
            return Optional.empty();
        }
        return Optional.of(opened);
    }

    private static OpenedFile opened(FileChannel channel, BasicFileAttributes found) throws IOException {
        try {
            return new OpenedFile(
                    channel, channel.size(), found.lastModifiedTime().toInstant());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
