package org.hipsnode.serve.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.hipsnode.io.Digests;

/** What is kept of a secret: it is known again by it, but cannot be told from it. */
public sealed interface SecretHash {
    /** Tells whether a secret is the one that was hashed, in the same time wherever the two differ. */
    boolean isOf(String secret);

    /**
     * A hash of a token of 256 bits by chance. Nobody can try as many tokens as there are, however quick each try is, so a
     * quick hash is enough; and each tile's request pays it.
     *
     * @param digest SHA-256, 64 hexadecimal digits
     */
    record OfToken(String digest) implements SecretHash {
        private static final Pattern FORM = Pattern.compile("sha256 ([0-9a-f]{64})");

        /** What is expected where such a hash is; for messages. */
        static final String EXPECTED = "'sha256' and 64 hexadecimal digits, as 'hipsnode credential add' writes it";

        static OfToken of(String token) {
            return new OfToken(Digests.sha256(token.getBytes(StandardCharsets.UTF_8)));
        }

        static Optional<OfToken> parse(String text) {
            Matcher m = FORM.matcher(text);
            return m.matches() ? Optional.of(new OfToken(m.group(1))) : Optional.empty();
        }

        @Override
        public boolean isOf(String secret) {
            return isSameAs(of(secret));
        }

        boolean isSameAs(OfToken other) {
            return areEqual(digest, other.digest);
        }

        /** Returns the text by which it is kept. */
        @Override
        public String toString() {
            return "sha256 " + digest;
        }
    }

    /**
     * A hash of a password, which people choose and others guess, so that each guess must cost: PBKDF2 with HMAC-SHA-256.
     *
     * @param salt by chance, so that two same passwords have two hashes, in hexadecimal
     * @param hash 64 hexadecimal digits
     */
    record OfPassword(int iterations, String salt, String hash) implements SecretHash {
        /** What OWASP's password storage cheat sheet advises for this function since 2023. */
        static final int ITERATIONS = 600_000;

        static final int MIN_ITERATIONS = 100_000;
        static final int MAX_ITERATIONS = 10_000_000;

        /** What is expected where such a hash is; for messages. */
        static final String EXPECTED = "'pbkdf2-sha256', iterations (" + MIN_ITERATIONS + " to " + MAX_ITERATIONS
                + "), salt and hash, as 'hipsnode credential add --password' writes them";

        private static final Pattern FORM =
                Pattern.compile("pbkdf2-sha256 (\\d{6,8}) ((?:[0-9a-f]{2}){8,64}) ([0-9a-f]{64})");

        private static final int SALT_BYTES = 16;
        private static final int HASH_BITS = 256;

        static OfPassword of(String password, SecureRandom chance, int iterations) {
            byte[] bytes = new byte[SALT_BYTES];
            chance.nextBytes(bytes);
            String salt = HexFormat.of().formatHex(bytes);
            return new OfPassword(iterations, salt, derive(password, salt, iterations));
        }

        static Optional<OfPassword> parse(String text) {
            Matcher m = FORM.matcher(text);
            if (!m.matches()) {
                return Optional.empty();
            }
            int iterations = Integer.parseInt(m.group(1));
            return Optional.of(new OfPassword(iterations, m.group(2), m.group(3)))
                    .filter(hash -> iterations >= MIN_ITERATIONS && iterations <= MAX_ITERATIONS);
        }

        /** Takes a tenth of a second and more: not for an event loop. */
        @Override
        public boolean isOf(String secret) {
            return areEqual(hash, derive(secret, salt, iterations));
        }

        private static String derive(String password, String salt, int iterations) {
            // the same letters may be typed as different code points (RFC 7617 §2.1)
            char[] letters = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
            PBEKeySpec spec = new PBEKeySpec(letters, HexFormat.of().parseHex(salt), iterations, HASH_BITS);
            try {
                SecretKeyFactory algorithm = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
                return HexFormat.of().formatHex(algorithm.generateSecret(spec).getEncoded());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
            } finally {
                spec.clearPassword();
            }
        }

        /** Returns the text by which it is kept. */
        @Override
        public String toString() {
            return "pbkdf2-sha256 " + iterations + " " + salt + " " + hash;
        }
    }

    private static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
