package org.hipsnode.bag;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.progress.Progress;

/** The names in a bag's folder, and how its files are read and written. */
final class BagFiles {
    static final String DECLARATION = "bagit.txt";
    static final String INFO = "bag-info.txt";
    static final String FETCH = "fetch.txt";
    static final String DATA = "data/";
    static final String MANIFEST = "manifest-sha256.txt";
    static final String TAG_MANIFEST = "tagmanifest-sha256.txt";

    /** The digests of manifests, the best first (RFC 8493 §2.4). */
    private enum Algorithm {
        SHA256("SHA-256"),
        SHA512("SHA-512"),
        SHA1("SHA-1"),
        MD5("MD5");

        private final String name;

        Algorithm(String name) {
            this.name = name;
        }

        /** Returns its name as the names of manifests have it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int PIECE_BYTES = 1 << 16;
    private static final int MOST_NESTING = 10;

    private BagFiles() {}

    /** A manifest of a bag, and the algorithm of its digests. */
    record Manifest(Path file, String algorithm) {
        MessageDigest digest() {
            try {
                return MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has " + algorithm, e);
            }
        }
    }

    /** Returns the manifests of a bag whose names begin so, the best first. */
    static List<Manifest> manifests(Path bag, String start) {
        return Stream.of(Algorithm.values())
                .map(algorithm -> new Manifest(bag.resolve(start + algorithm.word() + ".txt"), algorithm.name))
                .filter(manifest -> Files.isRegularFile(manifest.file(), LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /** Refuses a place where something is already, or which is in the folder that is read. */
    static void requireFree(Path folder, Path read) throws IOException {
        if (folder.toAbsolutePath().normalize().startsWith(read.toAbsolutePath().normalize())) {
            throw new ConfigException("'" + folder + "' lies in '" + read + "': choose another place");
        }
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isDirectory(folder)) {
            try (var entries = Files.newDirectoryStream(folder)) {
                if (!entries.iterator().hasNext()) {
                    return;
                }
            }
        }
        throw new ConfigException(
                "'" + folder + "': expected nothing, or an empty folder, found something: choose " + "another place");
    }

    /** Copies a file into a new one, and returns its size; what is read goes through the digests. */
    static long copy(Path from, Path to, Progress.Phase phase, MessageDigest... digests) throws IOException {
        Files.createDirectories(to.resolveSibling("."));
        long bytes = 0;
        byte[] piece = new byte[PIECE_BYTES];
        try (InputStream in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS);
                OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                out.write(piece, 0, n);
                for (MessageDigest digest : digests) {
                    digest.update(piece, 0, n);
                }
                bytes += n;
                phase.add(0, n);
            }
        }
        phase.add(1, 0);
        return bytes;
    }

    /** Returns the digest of a file. */
    static String digest(Path file, MessageDigest digest) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                digest.update(piece, 0, n);
            }
        }
        return hex(digest);
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Receives the name of a file, from the folder that is looked through, and its size. */
    @FunctionalInterface
    interface Sink {
        void accept(String name, long bytes) throws IOException;
    }

    /** Reports every file below a folder, hidden ones too; refuses links and whatever else is no file. */
    static void walk(Path folder, Sink sink) throws IOException {
        walk(folder, "", 0, sink);
    }

    private static void walk(Path folder, String prefix, int nesting, Sink sink) throws IOException {
        if (nesting > MOST_NESTING) {
            throw MalformedDataException.expected(
                    folder.toString(), "folders nested at most " + MOST_NESTING + " deep", "more");
        }
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = prefix + entry.getFileName();
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    walk(entry, name + "/", nesting + 1, sink);
                } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    sink.accept(name, Files.size(entry));
                } else {
                    throw MalformedDataException.expected(entry.toString(), "a file or a folder", "a link or a device");
                }
            }
        }
    }

    /** Returns the entry of a line. */
    static BagEntry entry(Manifest manifest, String line) throws IOException {
        Optional<BagEntry> entry = BagEntry.parse(line);
        return entry.orElseThrow(() -> MalformedDataException.expected(
                String.valueOf(manifest.file().getFileName()), "lines of a digest and a name", "another line"));
    }
}
