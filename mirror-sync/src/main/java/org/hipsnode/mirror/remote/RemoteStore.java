package org.hipsnode.mirror.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.TooLargeException;
import org.hipsnode.store.FileName;
import org.hipsnode.store.SurveyStore;

/**
 * A survey on a far server, file by file.
 *
 * <p>One request at a time; a passing fault of server or network is met by two more tries.
 */
public final class RemoteStore implements SurveyStore {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int TRIES = 3;

    private final HttpClient client;
    private final String base;
    private final String userAgent;

    private RemoteStore(HttpClient client, String base, String userAgent) {
        this.client = client;
        this.base = base;
        this.userAgent = userAgent;
    }

    /**
     * Returns the survey at an address of http or https.
     *
     * @param userAgent by which the server's operator can tell us
     */
    public static RemoteStore at(String url, String userAgent) {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        requireWeb(base);
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        return new RemoteStore(client, base, userAgent);
    }

    private static void requireWeb(String url) {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new IllegalArgumentException("expected an address such as https://host/survey, found '" + url + "'");
    }

    @Override
    public Optional<byte[]> read(String name, int limit) throws IOException {
        return readUrl(base + "/" + FileName.require(name), limit);
    }

    /** Returns what lies at the address itself, such as a HiPS list. */
    public Optional<byte[]> readBase(int limit) throws IOException {
        return readUrl(base, limit);
    }

    private Optional<byte[]> readUrl(String url, int limit) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return request(url, limit);
            } catch (PassingFault e) {
                if (i == TRIES) {
                    throw new IOException(e.getMessage() + " (tried " + TRIES + " times)", e);
                }
            }
        }
    }

    /** A fault that may be gone at the next try. */
    private static final class PassingFault extends IOException {
        private static final long serialVersionUID = 1L;

        PassingFault(String message) {
            super(message);
        }

        PassingFault(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private Optional<byte[]> request(String url, int limit) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(ANSWER_TIMEOUT)
                .header("User-Agent", userAgent)
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return content(url, response.statusCode(), body, limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading '" + url + "'", e);
        } catch (TooLargeException | PassingFault | FinalFault e) {
            throw e;
        } catch (IOException e) {
            throw new PassingFault("'" + url + "' cannot be read: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static Optional<byte[]> content(String url, int status, InputStream body, int limit) throws IOException {
        if (status == 200) {
            return Optional.of(BoundedReads.read(body, limit, url));
        }
        if (status == 404 || status == 410) {
            return Optional.empty();
        }
        String message = "'" + url + "': expected an answer of status 200 or 404, found " + status;
        throw status >= 500 || status == 429 ? new PassingFault(message) : new FinalFault(message);
    }

    /** A fault that stays. */
    private static final class FinalFault extends IOException {
        private static final long serialVersionUID = 1L;

        FinalFault(String message) {
            super(message);
        }
    }

    @Override
    public String toString() {
        return base;
    }
}
