package org.hipsnode.serve.answer;

import java.time.Instant;
import java.util.Optional;
import org.hipsnode.manifest.Digest;

/**
 * What an answer needs to know of a file.
 *
 * @param name by which its type is told
 * @param digest of the content; empty where nothing tells it
 * @param coding in which it can be had besides its own bytes
 */
public record FileFacts(String name, long size, Instant lastModified, Optional<Digest> digest, Coding coding) {

    /** How a file can be had compressed. */
    public enum Coding {
        /** It is sent as it is. */
        NONE,
        /** It holds gzip data under another name, as FITS files of old trees do: its bytes are the coded form. */
        IS_GZIP,
        /** It is sent compressed to those who take that. */
        GZIP
    }

    /** Describes a file of which no digest is known. */
    public FileFacts(String name, long size, Instant lastModified, Coding coding) {
        this(name, size, lastModified, Optional.empty(), coding);
    }

    /** Returns the strong validator of this version of the file, the same on every mirror where the digest is known. */
    public String etag() {
        long nanos = lastModified.getEpochSecond() * 1_000_000_000L + lastModified.getNano();
        String version =
                digest.map(Digest::toString).orElseGet(() -> Long.toHexString(nanos) + "-" + Long.toHexString(size));
        return "\"" + version + "\"";
    }

    /** Tells whether what is sent depends on what the client takes. */
    public boolean varies() {
        return coding != Coding.NONE;
    }
}
