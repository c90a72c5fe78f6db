package org.hipsnode.io;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * An address of http or https.
 *
 * <p>User and password belong in no address (RFC 3986 §3.2.1), so there are none. Its query may hold a key, so its text for
 * messages leaves that out.
 */
public record WebAddress(URI uri) {
    /** What is expected where an address is; for messages. */
    public static final String EXPECTED = "an address of http or https without user and password";

    private static final int MAX_PORT = 65_535;

    public WebAddress {
        if (!isWeb(uri)) {
            throw new IllegalArgumentException(
                    "expected " + EXPECTED + ", found '" + withoutSecrets(uri.toString()) + "'");
        }
    }

    private static boolean isWeb(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https"))
                && uri.getHost() != null
                && uri.getPort() <= MAX_PORT
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null;
    }

    /** Reads an address; empty if it is none. */
    public static Optional<WebAddress> parse(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return Optional.empty(); // half a character, on which URI stumbles
        }
        try {
            return Optional.of(new URI(new URI(text).toASCIIString()))
                    .filter(WebAddress::isWeb)
                    .map(WebAddress::new);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Returns what may be shown of a text that was given as an address: neither user and password nor query. */
    public static String withoutSecrets(String text) {
        return text.replaceFirst("(?s)^(\\w+://)?.*@", "$1...@").replaceFirst("(?s)[?#].*", "?...");
    }

    /**
     * Returns the address of a file below this one; the query goes with it.
     *
     * @param name parts joined by slashes, not encoded
     */
    public WebAddress file(String name) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new WebAddress(URI.create(this + "/" + encode(name) + query));
    }

    /** Returns a path percent-encoded for an address, slashes kept. */
    public static String encode(String path) {
        if (path.chars().allMatch(WebAddress::isPlain)) {
            return path;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            encoded.append(isPlain(c) ? String.valueOf((char) c) : String.format("%%%02X", c));
        }
        return encoded.toString();
    }

    private static boolean isPlain(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "-._~/+@:,=".indexOf(c) >= 0);
    }

    /** Tells whether there is more than a path. */
    public boolean hasQuery() {
        return uri.getRawQuery() != null;
    }

    /** Returns the address without query and without slash at its end. */
    @Override
    public String toString() {
        String path = uri.getRawPath();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return uri.getScheme() + "://" + uri.getRawAuthority() + path.substring(0, end);
    }
}
