package org.hipsnode.mirror.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.hipsnode.check.ContentCheck;
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
record Attempt(Servers servers, Landing landing, WantedFile wanted, URI uri) implements Callable<Outcome> {
    private static final int PIECE = 1 << 16;
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
        try (Body body = servers.ask(uri, wanted)) {
            return outcome(body);
        } catch (Reach.Refused e) {
            return new Outcome.Lost(Fault.Kind.REFUSED, String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return new Outcome.Lost(Fault.Kind.UNREACHABLE, "'" + uri.getHost() + "' has no address");
        } catch (Fault e) {
            return new Outcome.Lost(e.kind(), String.valueOf(e.getMessage()));
        } catch (ZipException | EOFException e) {
            return new Outcome.Wrong(
                    "'" + wanted.name() + "': expected a whole packed file, found one that is damaged");
        } catch (WrongContent | MalformedDataException e) {
            return new Outcome.Wrong(String.valueOf(e.getMessage()));
        }
    }

    private Outcome outcome(Body body) throws IOException, InterruptedException {
        Head head = body.head();
        if (head.status() != 200) {
            skip(body);
            return new Outcome.Said(head);
        }
        String coding = head.header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
        requireCoding(coding);
        requireLength(head, coding.equals("identity"));
        return store(body, coding.endsWith("gzip"), head);
    }

    /** Reads a short answer to its end, so that the connection can be kept. */
    private static void skip(Body body) throws IOException {
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

    private Outcome store(Body body, boolean packed, Head head) throws IOException {
        Path file = landing.place(wanted.name());
        boolean whole = false;
        try {
            FileRecord record = write(body, packed, file);
            requireAsWanted(record);
            ContentCheck.require(wanted.name(), file, SizeLimit.of(WantedFile.of(wanted.name())));
            whole = true;
            return new Outcome.Whole(record, new Validators(head.header("ETag"), head.header("Last-Modified")));
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    private FileRecord write(Body body, boolean packed, Path file) throws IOException {
        MessageDigest sha = sha256();
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            InputStream in = packed ? new GZIPInputStream(body, PIECE) : body;
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                bytes += n;
                requireAtMost(bytes);
                sha.update(piece, 0, n);
                out.write(piece, 0, n);
            }
            requireEnd(body);
        }
        ByteBuffer digest = ByteBuffer.wrap(sha.digest());
        return new FileRecord(bytes, new Digest(digest.getLong(), digest.getLong()));
    }

    private void requireEnd(Body body) throws IOException {
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
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
