package org.hipsnode.serve.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.hipsnode.serve.access.AccessSettings;
import org.hipsnode.serve.access.Credential;
import org.hipsnode.serve.access.CredentialWatch;
import org.hipsnode.serve.access.Gate;
import org.hipsnode.serve.access.Offer;
import org.hipsnode.serve.access.PrivateHeaders;
import org.hipsnode.serve.access.Verdict;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the gate about requests for private surveys, and sees to it that no answer to one is public. */
final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    /** At some checks a second, what a client would wait for. */
    private static final int MOST_WAITING = 32;

    /** The part of an IPv6 address that one subscriber has. */
    private static final int NETWORK_BYTES = 8;

    private final CredentialWatch credentials;
    private final PrivateHeaders headers;
    private final WorkerExecutor checks;
    private final WorkerExecutor looks;
    private final AtomicInteger waiting = new AtomicInteger();

    Guard(Vertx vertx, AccessSettings settings, CredentialWatch credentials) {
        this.credentials = credentials;
        this.headers = new PrivateHeaders(settings.allowedOrigins());
        this.checks = vertx.createSharedWorkerExecutor("password-checks", 1);
        this.looks = vertx.createSharedWorkerExecutor("credential-looks", 1);
    }

    /** Decides whether a request may see a survey; whatever is answered will be hidden from others. */
    Future<Verdict> admit(HttpServerRequest request, ServedSurvey survey) {
        return admit(request, Gate.seeing(survey));
    }

    /** Decides whether a request brings a credential of whom is wanted; whatever is answered will be hidden from others. */
    Future<Verdict> admit(HttpServerRequest request, Predicate<Credential> wanted) {
        hide(request);
        Gate gate = credentials.gate();
        Offer offer = Offer.parse(request.headers().getAll("Authorization"));
        String client = client(request);
        Optional<Verdict> verdict = gate.decide(wanted, offer, client);
        return verdict.isPresent() ? Future.succeededFuture(verdict.get()) : check(gate, wanted, offer, client);
    }

    /** Returns the name of whoever brings the credential of a request that was let in. */
    String name(HttpServerRequest request) {
        return credentials.gate().name(Offer.parse(request.headers().getAll("Authorization")));
    }

    private Future<Verdict> check(Gate gate, Predicate<Credential> wanted, Offer offer, String client) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Future.succeededFuture(Verdict.BUSY);
        }
        return checks.executeBlocking(() -> gate.check(wanted, offer, client), false)
                .onComplete(done -> waiting.decrementAndGet())
                .recover(e -> {
                    LOG.error("a credential was not checked: reason={}", e.toString());
                    return Future.succeededFuture(Verdict.BUSY);
                });
    }

    /** Sees to it that the answer to a request, whoever makes it, has the headers of a private survey. */
    void hide(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
        response.headersEndHandler(ready -> hide(response, origin));
    }

    private void hide(HttpServerResponse response, Optional<String> origin) {
        MultiMap sent = response.headers();
        int status = response.getStatusCode();
        headers.of(status, origin, Optional.ofNullable(sent.get("Vary"))).forEach((name, values) -> {
            sent.remove(name);
            sent.add(name, values);
        });
        for (Verdict verdict : Verdict.values()) {
            if (verdict.status() == status && verdict.retrySeconds() > 0) {
                sent.set("Retry-After", Integer.toString(verdict.retrySeconds()));
            }
        }
    }

    /** Looks whether the credentials have changed. */
    void reload() {
        looks.executeBlocking(() -> {
            credentials.look();
            return true;
        });
    }

    /** Returns the address of a client, of IPv6 the network: who has one has all that are in it. */
    private static String client(HttpServerRequest request) {
        String address = request.remoteAddress().hostAddress();
        if (address == null) {
            return ""; // of no network
        }
        try {
            InetAddress parsed = InetAddress.getByName(address); // an address already, so nobody is asked
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
