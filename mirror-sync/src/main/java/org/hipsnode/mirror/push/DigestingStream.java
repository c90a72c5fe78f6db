package org.hipsnode.mirror.push;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.hipsnode.io.Digests;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;

/** A stream that tells size and digest of what was read. */
final class DigestingStream extends FilterInputStream {
    private final MessageDigest digest = Digests.newSha256();
    private long bytes;

    DigestingStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        if (one >= 0) {
            digest.update((byte) one);
            bytes++;
        }
        return one;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        int count = in.read(to, from, length);
        if (count > 0) {
            digest.update(to, from, count);
            bytes += count;
        }
        return count;
    }

    /** Returns what was read; to be asked once, at the end. */
    FileRecord found() {
        return new FileRecord(bytes, Digest.ofSha256(digest.digest()));
    }
}
