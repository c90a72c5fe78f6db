package org.hipsnode.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests, as bytes or as lower-case hexadecimal. */
public final class Digests {
    private static final int PIECE_BYTES = 1 << 16;

    private Digests() {}

    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(newSha256().digest(content));
    }

    /** Returns the digest of a file, reading it in pieces. */
    public static String sha256(Path file) throws IOException {
        return HexFormat.of().formatHex(bytesOf(file));
    }

    /** Returns the 32 bytes of the digest of a file, reading it in pieces. */
    public static byte[] bytesOf(Path file) throws IOException {
        return bytesOf(file, ReadGate.OPEN);
    }

    /** Returns the 32 bytes of the digest of a file, read in pieces that pass a gate. */
    public static byte[] bytesOf(Path file, ReadGate gate) throws IOException {
        MessageDigest digest = newSha256();
        byte[] piece = new byte[PIECE_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                gate.pass(n);
                digest.update(piece, 0, n);
            }
        }
        return digest.digest();
    }

    /** Returns the algorithm, for content that comes in pieces. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
