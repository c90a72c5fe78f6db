package org.hipsnode.serve.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The credential that a request brings (RFC 6750 §2.1, RFC 7617); its text for messages holds no secret. */
public sealed interface Offer {
    /** Longer than any credential of ours. */
    int MAX_LENGTH = 4096;

    /** No credential, or none of a kind that is known here. */
    record None() implements Offer {}

    /** A token. */
    record Bearer(String token) implements Offer {
        @Override
        public String toString() {
            return "Bearer ...";
        }
    }

    /** A name with a password, or with a token for clients that know no other way. */
    record Basic(String name, String secret) implements Offer {
        @Override
        public String toString() {
            return "Basic " + name + ":...";
        }
    }

    /** Reads the Authorization headers of a request; never fails. Two of them are as good as none: which one was meant? */
    static Offer parse(List<String> headers) {
        if (headers.size() != 1 || headers.get(0).length() > MAX_LENGTH) {
            return new None();
        }
        String header = bare(headers.get(0));
        int blank = header.indexOf(' ');
        String scheme = blank < 0 ? "" : header.substring(0, blank).toLowerCase(Locale.ROOT);
        String rest = bare(header.substring(blank + 1));
        return switch (scheme) {
            case "bearer" -> isToken68(rest) ? new Bearer(rest) : new None();
            case "basic" -> basic(rest);
            default -> new None();
        };
    }

    /** Returns a text without blanks round it, and with whatever else is there. */
    private static String bare(String text) {
        return text.replaceAll("^[ \t]+|[ \t]+$", "");
    }

    /** Tells whether a text is what RFC 9110 §11.2 calls token68. */
    private static boolean isToken68(String text) {
        String bare = text.replaceFirst("=+$", "");
        return !bare.isEmpty()
                && bare.chars().allMatch(c -> c < 128 && (isAlphanumeric(c) || "-._~+/".indexOf(c) >= 0));
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static Offer basic(String coded) {
        Optional<String> pair = decode(coded);
        int colon = pair.orElse("").indexOf(':');
        if (colon < 0 || pair.get().chars().anyMatch(Character::isISOControl)) {
            return new None();
        }
        return new Basic(pair.get().substring(0, colon), pair.get().substring(colon + 1));
    }

    private static Optional<String> decode(String coded) {
        try {
            byte[] bytes = Base64.getDecoder().decode(coded.getBytes(StandardCharsets.ISO_8859_1));
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
