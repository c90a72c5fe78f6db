package org.hipsnode.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hipsnode.io.Digests;
import org.hipsnode.io.ReadGate;
import org.jspecify.annotations.Nullable;

/**
 * The first 16 bytes of the SHA-256 digest of some content: {@code sha-256-128} of RFC 6920 §9.4.
 *
 * @param high the first eight bytes, big-endian
 * @param low the other eight
 */
public record Digest(long high, long low) {
    /** Its name in a manifest. */
    static final String ALGORITHM = "sha-256-128";

    static final int BYTES = 16;
    static final int HEX_DIGITS = 2 * BYTES;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{" + HEX_DIGITS + "}");

    /** Returns the digest of some content, which may be in pieces. */
    public static Digest of(byte[]... pieces) {
        var algorithm = Digests.newSha256();
        for (byte[] piece : pieces) {
            algorithm.update(piece);
        }
        return get(ByteBuffer.wrap(algorithm.digest()));
    }

    static Digest of(byte[] content, int from, int length) {
        var algorithm = Digests.newSha256();
        algorithm.update(content, from, length);
        return get(ByteBuffer.wrap(algorithm.digest()));
    }

    /** Returns the digest of a file, reading it in pieces. */
    public static Digest of(Path file) throws IOException {
        return of(file, ReadGate.OPEN);
    }

    /** Returns the digest of a file, read in pieces that pass a gate. */
    public static Digest of(Path file, ReadGate gate) throws IOException {
        return get(ByteBuffer.wrap(Digests.bytesOf(file, gate)));
    }

    /** Returns the digest of content that was read in pieces, by what its SHA-256 begins with. */
    public static Digest ofSha256(byte[] sha256) {
        return get(ByteBuffer.wrap(sha256));
    }

    /** Reads 32 lower-case hexadecimal digits; empty if it is something else. */
    public static Optional<Digest> parse(String hex) {
        return HEX.matcher(hex).matches()
                ? Optional.of(get(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                : Optional.empty();
    }

    static Digest get(ByteBuffer from) {
        return new Digest(from.getLong(), from.getLong());
    }

    void put(ByteBuffer to) {
        to.putLong(high).putLong(low);
    }

    /** By hand, as the hash code: to have both made by the JVM takes it longer than to compare a million. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest digest && digest.high == high && digest.low == low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high);
    }

    /** Returns 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
