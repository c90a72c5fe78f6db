package org.hipsnode.arrival;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Map;
import org.hipsnode.io.Digests;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestWalk;
import org.hipsnode.store.MemoryStore;

/** A file that is coming, out of sight until it is whole and right; for one thread at a time. */
public final class Incoming implements Closeable {
    /** Larger than any object of a manifest. */
    private static final int MOST_OBJECT_BYTES = 1 << 17;

    private final String name;
    private final Path temporary;
    private final FileChannel out;
    private final Proof proof;
    private final Placing placing;
    private final MessageDigest digest = Digests.newSha256();
    private long bytes;

    /** What a file must be. */
    sealed interface Proof {
        /** Returns the most bytes that there may be. */
        long limit();

        /** Refuses content that is not what it must be; returns what is known of it. */
        FileRecord prove(String name, Path file, FileRecord found) throws IOException;
    }

    /** By what the manifest tells of a file. */
    record OfFile(FileRecord said) implements Proof {
        @Override
        public long limit() {
            return said.bytes();
        }

        @Override
        public FileRecord prove(String name, Path file, FileRecord found) throws IOException {
            if (!found.equals(said)) {
                throw MalformedDataException.expected(name, text(said), text(found));
            }
            return found;
        }

        private static String text(FileRecord record) {
            return record.bytes() + " bytes of digest " + record.digest();
        }
    }

    /** By what the object above tells of an object of the manifest. */
    record OfObject(ManifestWalk.Lost object) implements Proof {
        @Override
        public long limit() {
            return MOST_OBJECT_BYTES;
        }

        @Override
        public FileRecord prove(String name, Path file, FileRecord found) throws IOException {
            Arrival.requireRight(object, new MemoryStore(Map.of(name, Files.readAllBytes(file))));
            return found;
        }
    }

    /** Puts a file into its place. */
    @FunctionalInterface
    interface Placing {
        void place(String name, Path file, FileRecord record) throws IOException;
    }

    private Incoming(String name, Path temporary, FileChannel out, Proof proof, Placing placing) {
        this.name = name;
        this.temporary = temporary;
        this.out = out;
        this.proof = proof;
        this.placing = placing;
    }

    static Incoming begin(String name, Path temporary, Proof proof, Placing placing) throws IOException {
        FileChannel out = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Incoming(name, temporary, out, proof, placing);
    }

    /** Returns the most bytes that the file may have. */
    public long limit() {
        return proof.limit();
    }

    /** Takes some more of the file. */
    public void write(byte[] piece) throws IOException {
        bytes += piece.length;
        if (bytes > proof.limit()) {
            throw MalformedDataException.expected(name, "at most " + proof.limit() + " bytes", "more");
        }
        digest.update(piece);
        ByteBuffer buffer = ByteBuffer.wrap(piece);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    /**
     * Ends the file, and puts it in its place if it is right.
     *
     * @throws MalformedDataException if it is not what the manifest says
     */
    public void finish() throws IOException {
        out.close();
        FileRecord found = new FileRecord(bytes, Digest.ofSha256(digest.digest()));
        placing.place(name, temporary, proof.prove(name, temporary, found));
    }

    /** Drops what has come if it was not finished. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(temporary);
    }
}
