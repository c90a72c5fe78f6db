package org.hipsnode.mirror.ssh;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * An address of a folder on a server of SSH, such as {@code sftp://hips@partner.example:2222/surveys/co}.
 *
 * @param user empty for the one who runs this
 * @param path absolute on the server, or beginning with {@code ~/} for one below the account's own folder
 */
public record SshAddress(Optional<String> user, String host, int port, String path) {
    /** What is expected where an address is; for messages. */
    public static final String EXPECTED = "an address such as sftp://user@host:22/path, without password";

    private static final String SCHEME = "sftp://";
    private static final int USUAL_PORT = 22;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_LENGTH = 2048;
    private static final String HOME = "/~/";

    /** Tells whether a text is meant to be such an address. */
    public static boolean isMeant(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Reads an address; empty if it is none. */
    public static Optional<SshAddress> parse(String text) {
        if (!isMeant(text) || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<SshAddress> of(URI uri) {
        Optional<String> user = Optional.ofNullable(uri.getUserInfo());
        String path = String.valueOf(uri.getPath()).replaceFirst("/+$", "");
        if (uri.getHost() == null
                || uri.getPort() == 0
                || uri.getPort() > MAX_PORT
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || user.filter(u -> !isUser(u)).isPresent()
                || !isPath(path)) {
            return Optional.empty();
        }
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
        return Optional.of(new SshAddress(user, host, port, path.startsWith(HOME) ? path.substring(1) : path));
    }

    private static boolean isUser(String user) {
        return !user.isEmpty() && user.chars().noneMatch(c -> c == ':' || c == '@' || Character.isISOControl(c));
    }

    /** No part leads up or nowhere, and none has what the server's side would take for a pattern. */
    private static boolean isPath(String path) {
        return path.startsWith("/")
                && !path.equals("/~")
                && path.length() > 1
                && path.chars()
                        .noneMatch(c -> c == '\\' || c == '*' || c == '?' || c == 0xFFFD || Character.isISOControl(c))
                && List.of(path.substring(1).split("/", -1)).stream()
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    /** Returns the address as it may be shown. */
    @Override
    public String toString() {
        String at = host.contains(":") ? "[" + host + "]" : host;
        return SCHEME
                + user.map(u -> u + "@").orElse("")
                + at
                + (port == USUAL_PORT ? "" : ":" + port)
                + (path.startsWith("/") ? "" : "/")
                + path;
    }
}
