package org.hipsnode.serve.answer;

import java.time.Instant;

/**
 * What an answer needs to know of a file.
 *
 * @param name by which its type is told
 * @param gzippedFits whether it is a FITS file that holds gzip data, as old trees do
 */
public record FileFacts(String name, long size, Instant lastModified, boolean gzippedFits) {

    /** Returns the strong validator of this version of the file. */
    String etag() {
        long nanos = lastModified.getEpochSecond() * 1_000_000_000L + lastModified.getNano();
        return "\"" + Long.toHexString(nanos) + "-" + Long.toHexString(size) + "\"";
    }
}
