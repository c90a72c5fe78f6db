package org.hipsnode.generate.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.hipsnode.io.Gzip;
import org.hipsnode.io.MalformedDataException;

/** A file that can be read at any place: itself, or what a gzip file unpacks to, kept until this is closed. */
final class UnpackedFile implements Closeable {
    private final Path path;
    private final boolean temporary;

    private UnpackedFile(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    static UnpackedFile of(Path file) throws IOException {
        return isGzip(file) ? unpack(file) : new UnpackedFile(file, false);
    }

    private static boolean isGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Gzip.isGzip(in.readNBytes(2));
        }
    }

    private static UnpackedFile unpack(Path file) throws IOException {
        Path target = Files.createTempFile("hipsnode-", ".fits");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            return new UnpackedFile(target, true);
        } catch (ZipException | java.io.EOFException e) {
            Files.deleteIfExists(target);
            throw new MalformedDataException(
                    "'" + file + "': expected whole gzip data, found them damaged or truncated; fetch the file again",
                    e);
        } catch (IOException e) {
            Files.deleteIfExists(target);
            throw new IOException(
                    "'" + file + "' cannot be unpacked into '" + target.getParent() + "': " + e.getMessage()
                            + "; give more room by -Djava.io.tmpdir in JAVA_TOOL_OPTIONS",
                    e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(path);
        }
    }
}
