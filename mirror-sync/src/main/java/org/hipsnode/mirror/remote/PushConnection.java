package org.hipsnode.mirror.remote;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hipsnode.io.TooLargeException;
import org.hipsnode.io.WebAddress;

/**
 * The push protocol (docs/push.md) as its client speaks it, to one survey of one node; for many threads.
 *
 * <p>A passing fault of server or network is met by more tries, each after a longer pause. No redirect is followed: a credential
 * is for the node that was named.
 */
public final class PushConnection {
    private static final int TRIES = 6;
    private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /** A reply must begin so soon after the request went out, which may take as long as a slow link does. */
    private static final long ANSWER_SECONDS = 120;

    private static final long SLOWEST_BYTES = 8 << 10;

    /** Ten thousand names of ordinary length are less. */
    private static final int MOST_TEXT = 16 << 20;

    private final WebAddress survey;
    private final Secret secret;
    private final String userAgent;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIME)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * What a node replies.
     *
     * @param text its lines
     */
    public record Reply(int status, String text) {}

    private static final class Answer {
        private final int status;
        private final byte[] body;
        private final Optional<String> retryAfter;

        Answer(int status, byte[] body, Optional<String> retryAfter) {
            this.status = status;
            this.body = body;
            this.retryAfter = retryAfter;
        }

        Reply reply() {
            return new Reply(status, new String(body, StandardCharsets.UTF_8));
        }
    }

    /**
     * Prepares to speak.
     *
     * @param survey its address there
     * @param userAgent by which the node's operator can tell us
     */
    public PushConnection(WebAddress survey, Secret secret, String userAgent) {
        this.survey = survey;
        this.secret = secret;
        this.userAgent = userAgent;
    }

    /** Returns a file of the survey as it is there now; empty if there is none. */
    public Optional<byte[]> read(String name, int limit) throws IOException {
        Answer answer = ask("GET", survey.file(name).uri(), BodyPublishers.noBody(), limit);
        return switch (answer.status) {
            case 200 -> Optional.of(answer.body);
            case 404, 410 -> Optional.empty();
            default -> throw unexpected("'" + survey + "'", answer);
        };
    }

    /** Begins an upload, or goes on with one. */
    public Reply begin(byte[] root) throws IOException {
        return ask("POST", push(""), BodyPublishers.ofByteArray(root), MOST_TEXT)
                .reply();
    }

    /** Asks what is still to come. */
    public Reply wanted(String release) throws IOException {
        return ask("GET", push(release), BodyPublishers.noBody(), MOST_TEXT).reply();
    }

    /** Sends a file. */
    public Reply put(String release, String name, Path file) throws IOException {
        try {
            return put(release, name, BodyPublishers.ofFile(file));
        } catch (FileNotFoundException e) {
            throw new IOException("'" + file + "': expected a file, found none: is this release another by now?", e);
        }
    }

    /** Sends a file that is in memory. */
    public Reply put(String release, String name, byte[] content) throws IOException {
        return put(release, name, BodyPublishers.ofByteArray(content));
    }

    private Reply put(String release, String name, BodyPublisher content) throws IOException {
        return ask("PUT", push(release + "/" + name), content, MOST_TEXT).reply();
    }

    /** Asks to publish what has come. */
    public Reply publish(String release) throws IOException {
        return ask("POST", push(release), BodyPublishers.noBody(), MOST_TEXT).reply();
    }

    private URI push(String name) {
        String below = ".hipsnode/push" + (name.isEmpty() ? "" : "/" + name);
        return survey.file(below).uri();
    }

    private IOException unexpected(String object, Answer answer) {
        String hint = switch (answer.status) {
            case 401 -> ": a credential is needed";
            case 403 -> ": the credential does not open this survey there";
            default -> "";
        };
        return new IOException(object + ": expected an answer of status 200 or 404, found " + answer.status + hint);
    }

    private IOException unreached(IOException fault, int tries) {
        String tried = tries == 1 ? "" : " (tried " + tries + " times)";
        return new IOException("'" + survey + "' cannot be reached: " + HttpFaults.reason(fault) + tried, fault);
    }

    private Answer ask(String method, URI address, BodyPublisher body, int limit) throws IOException {
        Duration pause = FIRST_PAUSE;
        for (int i = 1; ; i++) {
            try {
                Answer answer = send(request(method, address, body), limit);
                if (!isPassing(answer.status) || i == TRIES) {
                    return answer;
                }
                pause = longer(pause, answer.retryAfter);
            } catch (TooLargeException e) {
                throw e;
            } catch (IOException e) {
                if (i == TRIES || HttpFaults.isOfCertificates(e)) {
                    throw unreached(e, i);
                }
            }
            rest(pause);
            pause = pause.multipliedBy(2);
        }
    }

    /** 507 is not: a full disk does not empty itself. */
    private static boolean isPassing(int status) {
        return status == 429 || status == 500 || (status >= 502 && status <= 504);
    }

    private static Duration longer(Duration pause, Optional<String> retryAfter) {
        Duration asked = retryAfter
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
        Duration longer = asked.compareTo(pause) > 0 ? asked : pause;
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    private void rest(Duration pause) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for '" + survey + "'", e);
        }
    }

    private HttpRequest request(String method, URI address, BodyPublisher body) {
        long seconds = ANSWER_SECONDS + Math.max(0, body.contentLength()) / SLOWEST_BYTES;
        return HttpRequest.newBuilder(address)
                .method(method, body)
                .timeout(Duration.ofSeconds(seconds))
                .header("User-Agent", userAgent)
                .header("Authorization", secret.header())
                .header("Cache-Control", "no-cache")
                .build();
    }

    private Answer send(HttpRequest request, int limit) throws IOException {
        try {
            HttpResponse<Optional<byte[]>> response = client.send(request, head -> new BoundedBody(limit));
            if (response.body().isEmpty()) {
                throw new TooLargeException(survey.toString(), limit);
            }
            return new Answer(
                    response.statusCode(),
                    response.body().get(),
                    response.headers().firstValue("Retry-After"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while speaking to '" + survey + "'", e);
        }
    }

    @Override
    public String toString() {
        return survey.toString();
    }
}
