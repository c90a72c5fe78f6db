package org.hipsnode.mirror.remote;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.hipsnode.io.WebAddress;

/** Tells another node that it may find something new (docs/mirroring.md); no redirect is followed, since a credential goes with it. */
public final class Notices {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIME = Duration.ofSeconds(30);
    private static final int MOST_TEXT = 1 << 12;
    private static final String PLACE = "api/notify";

    private final String userAgent;
    private final HttpClient client =
            HttpFiles.client().connectTimeout(CONNECT_TIME).build();

    /**
     * Prepares to tell.
     *
     * @param userAgent by which the other node's operator can tell us
     */
    public Notices(String userAgent) {
        this.userAgent = userAgent;
    }

    /**
     * Tells a node once.
     *
     * @param json what it is told
     * @throws IOException if it cannot be reached, or does not take it
     */
    public void tell(WebAddress node, Secret secret, String json) throws IOException, InterruptedException {
        URI place = node.file(PLACE).uri();
        HttpRequest request = HttpRequest.newBuilder(place)
                .POST(BodyPublishers.ofString(json))
                .timeout(ANSWER_TIME)
                .header("User-Agent", userAgent)
                .header("Content-Type", "application/json")
                .header("Authorization", secret.header())
                .build();
        int status;
        try {
            HttpResponse<Optional<byte[]>> answer = client.send(request, head -> new BoundedBody(MOST_TEXT));
            status = answer.statusCode();
        } catch (IOException e) {
            throw new IOException("'" + node + "' cannot be told: " + HttpFaults.reason(e), e);
        }
        if (status != 202) {
            throw new IOException("'" + node + "': expected an answer of status 202, found " + status + hint(status));
        }
    }

    private static String hint(int status) {
        return switch (status) {
            case 401, 403 -> ": its operator names our credential in notified-by of a mirror";
            case 404 -> ": it has no mirror of this survey that we may tell of";
            default -> "";
        };
    }
}
