package org.hipsnode.serve.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.hipsnode.io.Gzip;
import org.hipsnode.serve.answer.FileFacts;
import org.hipsnode.store.FileName;

/** An open file of a survey with its facts, links resolved and certain to lie in the survey's folder. */
record OpenedFile(FileChannel channel, FileFacts facts) implements Closeable {

    /** Opens a file; empty if there is none by that name, or it lies elsewhere. */
    static Optional<OpenedFile> open(Path folder, String name) throws IOException {
        if (!FileName.isValid(name)) {
            return Optional.empty();
        }
        try {
            Path file = folder.resolve(name).toRealPath();
            if (!file.startsWith(folder.toRealPath()) || !Files.isRegularFile(file)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return Optional.of(new OpenedFile(channel, facts(channel, file, name)));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException | NotDirectoryException | InvalidPathException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            String reason = String.valueOf(e.getReason());
            if (reason.contains("Not a directory") || reason.contains("File name too long")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static FileFacts facts(FileChannel channel, Path file, String name) throws IOException {
        boolean gzip = name.endsWith(".fits") && isGzip(channel);
        return new FileFacts(
                name, channel.size(), Files.getLastModifiedTime(file).toInstant(), gzip);
    }

    private static boolean isGzip(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(2);
        while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
            // a channel may return less than asked
        }
        return Gzip.isGzip(start.array());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
