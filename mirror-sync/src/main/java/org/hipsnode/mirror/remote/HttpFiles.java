package org.hipsnode.mirror.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.io.AddressRule;
import org.hipsnode.io.TooLargeException;
import org.hipsnode.io.WebAddress;
import org.jspecify.annotations.Nullable;

/**
 * Files of far servers: bounded in bytes and in time whatever a server does.
 *
 * <p>One request at a time; a passing fault of server or network is met by two more tries, each after a longer pause.
 * Redirects are followed, but not from https to http. A credential is shown to the one server that it is for, and to none to which that
 * sends us.
 */
public final class HttpFiles {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
    private static final Patience USUAL = new Patience(Duration.ofMinutes(2), Duration.ofSeconds(1));
    private static final int TRIES = 3;

    /** Of a large file's server; after that it has forgotten us. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int LOOK_MILLIS = 200;

    /** RFC 9110 §14.4, with the size told. */
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

    /** Read to its end where it is short, so that the connection can be used again. */
    private static final int ERROR_PAGE = 1 << 16;

    private final String userAgent;
    private final HttpClient client;
    private final Patience patience;
    private final Optional<Shown> shown;

    /** A credential, and to whom it may be shown. */
    private record Shown(Authorization credential, Endpoint to) {}

    /**
     * How long to wait for others.
     *
     * @param answer until an answer is there whole
     * @param pause before the second try; twice that before the third
     */
    record Patience(Duration answer, Duration pause) {}

    /**
     * Prepares to read.
     *
     * @param userAgent by which a server's operator can tell us
     */
    public HttpFiles(String userAgent) {
        this(userAgent, client().build(), USUAL);
    }

    HttpFiles(String userAgent, HttpClient client, Patience patience) {
        this(userAgent, client, patience, Optional.empty());
    }

    private HttpFiles(String userAgent, HttpClient client, Patience patience, Optional<Shown> shown) {
        this.userAgent = userAgent;
        this.client = client;
        this.patience = patience;
        this.shown = shown;
    }

    /** Returns the same with a credential for the server of an address. */
    public HttpFiles showing(Authorization credential, WebAddress to) {
        return new HttpFiles(userAgent, client, patience, Optional.of(new Shown(credential, Endpoint.of(to.uri()))));
    }

    /** HTTP/1.1, since one request at a time gains nothing from its successor; Java would take credentials along redirects. */
    static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIME)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    /**
     * Returns a file; empty if the server says that there is none.
     *
     * @param limit the most bytes to take
     * @throws TooLargeException if there are more
     * @throws IOException if the server gives neither the file nor that answer
     */
    public Optional<byte[]> read(WebAddress address, int limit) throws IOException {
        return readIfChanged(address, Optional.empty(), limit).content();
    }

    /**
     * Reads a file unless it is still the one that the server has told by an ETag.
     *
     * @param etag of the content that is known; empty to read whatever is there
     * @throws ForbiddenException if the server does not let us have it
     */
    public RemoteFile readIfChanged(WebAddress address, Optional<String> etag, int limit) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return file(address, limit, etag.isPresent(), answer(address, etag, limit));
            } catch (PassingFault e) {
                if (i == TRIES) {
                    throw new IOException(e.getMessage() + " (tried " + TRIES + " times)", e);
                }
                pause(address, i);
            }
        }
    }

    /** A fault that may be gone at the next try. */
    private static final class PassingFault extends IOException {
        private static final long serialVersionUID = 1L;

        PassingFault(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private void pause(WebAddress address, int tries) throws IOException {
        try {
            Thread.sleep(patience.pause().multipliedBy(tries).toMillis());
        } catch (InterruptedException e) {
            throw interrupted(address, e);
        }
    }

    private static IOException interrupted(WebAddress address, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while reading '" + address + "'", e);
    }

    /** Asks one server. */
    @FunctionalInterface
    private interface Asking {
        HttpResponse<Optional<byte[]>> at(URI uri) throws IOException;
    }

    private HttpResponse<Optional<byte[]>> answer(WebAddress address, Optional<String> etag, int limit)
            throws IOException {
        return following(address, uri -> answerOf(address, uri, etag, limit));
    }

    private static HttpResponse<Optional<byte[]>> following(WebAddress address, Asking asking) throws IOException {
        HttpResponse<Optional<byte[]>> answer = asking.at(address.uri());
        for (int i = 0; i < Redirect.MOST; i++) {
            Optional<URI> next = redirect(address, answer);
            if (next.isEmpty()) {
                return answer;
            }
            if (leadsInside(address.uri(), next.get())) {
                throw new IOException("'" + address + "' cannot be read: it redirects to '"
                        + next.get().getHost()
                        + "', which is of a private network; if that is right, name that address instead");
            }
            answer = asking.at(next.get());
        }
        return answer;
    }

    /** Returns where an answer sends us; empty if nowhere, or where we do not go. */
    private static Optional<URI> redirect(WebAddress address, HttpResponse<?> answer) throws IOException {
        Optional<String> location = answer.headers().firstValue("Location");
        if (!Redirect.isOne(answer.statusCode()) || location.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI from = answer.uri();
            return Redirect.safe(from, from.resolve(new URI(location.get())));
        } catch (URISyntaxException e) {
            throw new IOException("'" + address + "' cannot be read: it redirects to no address", e);
        }
    }

    /** Tells whether a server of the public internet sends us to one that only we can reach. */
    static boolean leadsInside(URI from, URI to) {
        return isPublic(from) && !isPublic(to);
    }

    /** A name without address is told of by who asks there. */
    private static boolean isPublic(URI uri) {
        try {
            return Arrays.stream(InetAddress.getAllByName(Endpoint.of(uri).bareHost()))
                    .allMatch(AddressRule::isPublic);
        } catch (UnknownHostException e) {
            return true;
        }
    }

    /**
     * Asks once.
     *
     * @param address for messages
     */
    private HttpResponse<Optional<byte[]>> answerOf(WebAddress address, URI uri, Optional<String> etag, int limit)
            throws IOException {
        HttpRequest request = request(uri, etag);
        CompletableFuture<HttpResponse<Optional<byte[]>>> answer =
                client.sendAsync(request, head -> new BoundedBody(head.statusCode() == 200 ? limit : ERROR_PAGE));
        try {
            return answer.get(patience.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(address, e);
        } catch (TimeoutException e) {
            double seconds = patience.answer().toMillis() / 1e3;
            throw new PassingFault("'" + address + "' cannot be read: no whole answer in " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw fault(address, e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(URI uri, Optional<String> etag) {
        HttpRequest.Builder asked = HttpRequest.newBuilder(uri).header("User-Agent", userAgent);
        etag.ifPresent(known -> asked.header("If-None-Match", known));
        shown.filter(s -> s.to().equals(Endpoint.of(uri)))
                .ifPresent(s -> asked.header("Authorization", s.credential().header()));
        return asked.build();
    }

    /**
     * Reads a file of any size by one try, from some byte on.
     *
     * @param from first byte that is wanted
     * @param validator of the version of which the bytes before are; if the server has another, all comes
     * @throws UnreadException if the server does not give it to its end
     */
    public void readRest(WebAddress address, long from, Optional<String> validator, RestOfFile taker)
            throws IOException {
        HttpResponse<Optional<byte[]>> answer =
                following(address, uri -> streamed(address, rest(uri, from, validator), from, taker));
        int status = answer.statusCode();
        if (status != 200 && status != 206) {
            throw UnreadException.refused(
                    "'" + address + "': expected an answer of status 200 or 206, found " + status,
                    status,
                    answer.headers().firstValue("Retry-After"));
        }
    }

    private HttpRequest rest(URI uri, long from, Optional<String> validator) {
        HttpRequest.Builder asked = HttpRequest.newBuilder(uri).header("User-Agent", userAgent);
        if (from > 0) {
            asked.header("Range", "bytes=" + from + "-");
            validator.ifPresent(known -> asked.header("If-Range", known));
        }
        return asked.build();
    }

    private HttpResponse<Optional<byte[]>> streamed(
            WebAddress address, HttpRequest request, long from, RestOfFile taker) throws IOException {
        AtomicLong heard = new AtomicLong(System.nanoTime());
        CompletableFuture<HttpResponse<Optional<byte[]>>> answer = client.sendAsync(request, head -> {
            heard.set(System.nanoTime());
            if (head.statusCode() != 200 && head.statusCode() != 206) {
                return new BoundedBody(ERROR_PAGE);
            }
            try {
                begin(address, head, from, taker);
            } catch (IOException e) {
                throw new StreamedBody.NotTaken(e);
            }
            return new StreamedBody(taker, () -> heard.set(System.nanoTime()));
        });
        try {
            return whileHeard(address, answer, heard);
        } finally {
            answer.cancel(true);
        }
    }

    private static void begin(WebAddress address, HttpResponse.ResponseInfo head, long from, RestOfFile taker)
            throws IOException {
        Optional<String> validator = head.headers()
                .firstValue("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> head.headers().firstValue("Last-Modified"));
        if (head.statusCode() == 200) {
            taker.begin(0, head.headers().firstValueAsLong("Content-Length"), validator);
            return;
        }
        String range = head.headers().firstValue("Content-Range").orElse("none");
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) != from) {
            throw UnreadException.passing(
                    "'" + address + "': expected bytes from " + from + " on, found Content-Range: " + range);
        }
        taker.begin(from, OptionalLong.of(Long.parseLong(matcher.group(2))), validator);
    }

    /** Waits as long as bytes come: a large file takes what it takes. */
    private HttpResponse<Optional<byte[]>> whileHeard(
            WebAddress address, CompletableFuture<HttpResponse<Optional<byte[]>>> answer, AtomicLong heard)
            throws IOException {
        long most = Math.min(patience.answer().toNanos(), SILENCE.toNanos());
        while (true) {
            try {
                return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw interrupted(address, e);
            } catch (TimeoutException e) {
                if (System.nanoTime() - heard.get() > most) {
                    throw unread(address, "nothing came for " + most / 1_000_000_000.0 + " s", e);
                }
            } catch (ExecutionException e) {
                throw unread(address, e.getCause());
            }
        }
    }

    private static UnreadException unread(WebAddress address, String why, Throwable cause) {
        return UnreadException.passing("'" + address + "' cannot be read: " + why, cause);
    }

    private static IOException unread(WebAddress address, @Nullable Throwable cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof StreamedBody.NotTaken ours) {
                return ours.fault();
            }
            if (e instanceof CancellationException stopped) {
                throw stopped;
            }
        }
        if (cause instanceof IOException e && !HttpFaults.isOfCertificates(e)) {
            return unread(address, HttpFaults.reason(e), e);
        }
        return fault(address, cause);
    }

    private static IOException fault(WebAddress address, @Nullable Throwable cause) {
        if (HttpFaults.isOfCertificates(cause)) {
            return new IOException("'" + address + "' cannot be read: " + HttpFaults.NOT_TRUSTED, cause);
        }
        if (cause instanceof IOException e) {
            return new PassingFault("'" + address + "' cannot be read: " + HttpFaults.reason(e), e);
        }
        return new IOException("'" + address + "' cannot be read: " + cause, cause);
    }

    private static RemoteFile file(
            WebAddress address, int limit, boolean conditional, HttpResponse<Optional<byte[]>> answer)
            throws IOException {
        int status = answer.statusCode();
        if (status == 404 || status == 410) {
            return new RemoteFile(RemoteFile.Kind.MISSING, new byte[0], Optional.empty());
        }
        if (status == 304 && conditional) {
            return new RemoteFile(RemoteFile.Kind.UNCHANGED, new byte[0], Optional.empty());
        }
        if (status != 200) {
            throw refused(address, status);
        }
        if (answer.body().isEmpty()) {
            throw new TooLargeException(address.toString(), limit);
        }
        return new RemoteFile(
                RemoteFile.Kind.CONTENT, answer.body().get(), answer.headers().firstValue("ETag"));
    }

    private static IOException refused(WebAddress address, int status) {
        String message = "'" + address + "': expected an answer of status 200 or 404, found " + status;
        if (status >= 500 || status == 429) {
            return new PassingFault(message, null);
        }
        if (status == 401 || status == 403) {
            return new ForbiddenException(message);
        }
        boolean redirect = status >= 300 && status < 400 && status != 304;
        return new IOException(
                redirect ? message + ", a redirect to less than https, to no web server, or one too many" : message);
    }
}
