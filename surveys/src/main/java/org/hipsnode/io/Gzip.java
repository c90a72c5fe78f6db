package org.hipsnode.io;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Recognises and bounds gzip data, which old surveys hide behind other names. */
public final class Gzip {
    private Gzip() {}

    /** Tells whether bytes start with gzip's magic number (RFC 1952 §2.3.1). */
    public static boolean isGzip(byte[] start) {
        return start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
    }

    /** Returns what gzip data unpacks to, refusing more than {@code limit} bytes. */
    public static byte[] unpack(byte[] packed, int limit, String name) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return BoundedReads.read(in, limit, name);
        } catch (ZipException | EOFException e) {
            throw new MalformedDataException("'" + name + "': expected whole gzip data, found: " + e.getMessage(), e);
        }
    }
}
