package org.hipsnode.mirror.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.hipsnode.check.ContentCheck;
import org.hipsnode.io.Digests;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.mirror.remote.Fault;
import org.hipsnode.mirror.remote.Head;

/**
 * One request for one file, and the proof of what came.
 *
 * @param uri where it is asked for
 */
record Attempt(Landing landing, WantedFile wanted, URI uri, Body body) implements Callable<Outcome> {
    private static final int PIECE = 1 << 16;

    /** One more byte than small bodies have, so that such are known by what is left. */
    private static final ThreadLocal<byte[]> PIECES = ThreadLocal.withInitial(() -> new byte[Body.SMALL + 1]);

    private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(Digests::newSha256);

    private static final int MOST_OF_OTHER_ANSWERS = 1 << 16;

    /** What came is not what was wanted. */
    private static final class WrongContent extends IOException {
        private static final long serialVersionUID = 1L;

        WrongContent(String name, String expected, String found) {
            super("'" + name + "': expected " + expected + ", found " + found);
        }
    }

    /** @throws IOException if the file cannot be written here */
    @Override
    public Outcome call() throws IOException, InterruptedException {
        try (body) {
            return outcome();
        } catch (Fault e) {
            return new Outcome.Lost(e.kind(), String.valueOf(e.getMessage()));
        } catch (ZipException | EOFException e) {
            return new Outcome.Wrong(
                    "'" + wanted.name() + "': expected a whole packed file, found one that is damaged");
        } catch (WrongContent | MalformedDataException e) {
            return new Outcome.Wrong(String.valueOf(e.getMessage()));
        }
    }

    private Outcome outcome() throws IOException, InterruptedException {
        Head head = body.head();
        if (head.status() != 200) {
            skip();
            return new Outcome.Said(head);
        }
        String coding = head.header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
        requireCoding(coding);
        requireLength(head, coding.equals("identity"));
        return store(coding.endsWith("gzip"), head);
    }

    /** Reads a short answer to its end, so that the connection can be kept. */
    private void skip() throws IOException {
        byte[] rest = new byte[MOST_OF_OTHER_ANSWERS];
        int left = rest.length;
        for (int n = 0; n >= 0 && left > 0; left -= Math.max(n, 0)) {
            try {
                n = body.read(rest, 0, left);
            } catch (Fault e) {
                return; // the head said enough
            }
        }
    }

    private void requireCoding(String coding) throws WrongContent {
        if (!coding.equals("identity") && !coding.equals("gzip") && !coding.equals("x-gzip")) {
            throw new WrongContent(wanted.name(), "no coding but gzip", "'" + coding + "'");
        }
    }

    private void requireLength(Head head, boolean asIs) throws WrongContent {
        OptionalLong said = head.length();
        if (!head.ends() && wanted.bytes().isEmpty()) {
            throw new WrongContent(wanted.name(), "an answer that says where it ends", "one that does not");
        }
        if (asIs && said.isPresent() && wanted.bytes().isPresent() && !said.equals(wanted.bytes())) {
            throw new WrongContent(wanted.name(), wanted.bytes().getAsLong() + " bytes", "" + said.getAsLong());
        }
        if (said.isPresent() && asIs && said.getAsLong() > SizeLimit.of(wanted)) {
            throw new WrongContent(wanted.name(), "at most " + SizeLimit.of(wanted) + " bytes", "" + said.getAsLong());
        }
    }

    private Outcome store(boolean packed, Head head) throws IOException {
        boolean proven = !packed && wanted.digest().isPresent();
        Optional<ByteBuffer[]> whole = proven ? body.whole() : Optional.empty();
        FileRecord record = whole.isPresent() ? storeWhole(whole.get()) : storeRead(packed);
        return new Outcome.Whole(
                record, Validators.of(head.header("ETag"), head.header("Last-Modified"), head.header("Date")));
    }

    /** What is here whole and proven by its digest is written from where it was received. */
    private FileRecord storeWhole(ByteBuffer[] pieces) throws IOException {
        MessageDigest sha = sha256();
        long bytes = 0;
        for (ByteBuffer piece : pieces) {
            bytes += piece.remaining();
            sha.update(piece.duplicate());
        }
        FileRecord record = record(bytes, sha);
        requireAsWanted(record);
        try (FileChannel out = create(landing.place(wanted.name()))) {
            for (long left = bytes; left > 0; ) {
                left -= out.write(pieces);
            }
        }
        return record;
    }

    private FileRecord storeRead(boolean packed) throws IOException {
        byte[] piece = PIECES.get();
        InputStream in = packed ? new GZIPInputStream(body, PIECE) : body;
        int length = in.readNBytes(piece, 0, piece.length);
        requireAtMost(length);
        return length < piece.length ? storeSmall(piece, length) : storeLarge(piece, in);
    }

    /** A small file is proven before it is written. */
    private FileRecord storeSmall(byte[] content, int length) throws IOException {
        MessageDigest sha = sha256();
        sha.update(content, 0, length);
        FileRecord record = record(length, sha);
        requireAsWanted(record);
        requireEnd();
        if (wanted.digest().isEmpty()) {
            ContentCheck.require(wanted.name(), content, length, limitOfKind());
        }
        try (FileChannel out = create(landing.place(wanted.name()))) {
            write(out, content, length);
        }
        return record;
    }

    /** A file that is there is not looked for, since there is hardly ever one. */
    private static FileChannel create(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            Files.delete(file);
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
    }

    private static void write(FileChannel out, byte[] content, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content, 0, length);
        while (rest.hasRemaining()) {
            out.write(rest);
        }
    }

    private FileRecord storeLarge(byte[] piece, InputStream in) throws IOException {
        Path file = landing.place(wanted.name());
        boolean whole = false;
        try {
            FileRecord record = write(piece, in, file);
            requireAsWanted(record);
            if (wanted.digest().isEmpty()) {
                ContentCheck.require(wanted.name(), file, limitOfKind());
            }
            whole = true;
            return record;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Writes a file whose first piece is full. */
    private FileRecord write(byte[] piece, InputStream in, Path file) throws IOException {
        MessageDigest sha = sha256();
        long bytes = 0;
        try (FileChannel out = create(file)) {
            for (int n = piece.length; n > 0; n = in.readNBytes(piece, 0, piece.length)) {
                bytes += n;
                requireAtMost(bytes);
                sha.update(piece, 0, n);
                write(out, piece, n);
            }
            requireEnd();
        }
        return record(bytes, sha);
    }

    private static FileRecord record(long bytes, MessageDigest sha) {
        ByteBuffer digest = ByteBuffer.wrap(sha.digest());
        return new FileRecord(bytes, new Digest(digest.getLong(), digest.getLong()));
    }

    /** What is packed inside may have more bytes than the file. */
    private long limitOfKind() {
        return SizeLimit.of(WantedFile.of(wanted.name()));
    }

    private void requireEnd() throws IOException {
        if (body.read() >= 0) {
            throw new WrongContent(wanted.name(), "nothing after the end of the packed file", "more");
        }
    }

    private void requireAtMost(long bytes) throws WrongContent {
        if (bytes > SizeLimit.of(wanted)) {
            throw new WrongContent(wanted.name(), "at most " + SizeLimit.of(wanted) + " bytes", "more");
        }
    }

    private void requireAsWanted(FileRecord found) throws WrongContent {
        long expected = wanted.bytes().orElse(found.bytes());
        if (expected != found.bytes()) {
            throw new WrongContent(wanted.name(), expected + " bytes", "" + found.bytes());
        }
        Digest digest = wanted.digest().orElse(found.digest());
        if (!digest.equals(found.digest())) {
            throw new WrongContent(wanted.name(), "digest " + digest, "" + found.digest());
        }
    }

    private static MessageDigest sha256() {
        MessageDigest sha = DIGESTS.get();
        sha.reset(); // the file before may have been given up
        return sha;
    }
}
