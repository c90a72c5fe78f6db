package org.hipsnode.mirror.transfer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hipsnode.mirror.remote.Authorization;
import org.hipsnode.mirror.remote.Endpoint;
import org.hipsnode.mirror.remote.HttpNetwork;
import org.hipsnode.mirror.remote.Lanes;
import org.hipsnode.mirror.remote.Pace;
import org.hipsnode.mirror.remote.Question;
import org.hipsnode.mirror.remote.Throttle;

/** The server of a survey, and those that it sends us to. */
final class Servers implements AutoCloseable {
    private final Host host;
    private final Endpoint named;
    private final Reach reach;
    private final Throttle throttle;
    private final Map<String, String> ofNamed;
    private final Map<String, String> ofOthers;
    private final HttpNetwork network = new HttpNetwork();
    private final Map<Endpoint, Lanes> lanes = new HashMap<>();
    private int limit = 1;
    private volatile long restUntil = System.nanoTime();

    Servers(Host host) throws IOException {
        this.host = host;
        this.named = Endpoint.of(host.survey().uri());
        this.reach = new Reach(named, host.allowsPrivate());
        Throttle limits = throttle(host);
        this.throttle = bytes -> Math.max(limits.pauseAfter(bytes), bytes == 0 ? restUntil - System.nanoTime() : 0);
        this.ofNamed = usualHeaders(host, host.authorization());
        this.ofOthers = usualHeaders(host, Optional.empty());
    }

    /** Both limits count each byte; the longer pause is made. */
    static Throttle throttle(Host host) {
        List<RateLimit> limits = Stream.concat(
                        host.manners().bytesPerSecond().stream().mapToObj(RateLimit::new), host.total().stream())
                .toList();
        return limits.isEmpty() ? Throttle.NONE : bytes -> longest(limits, bytes, System.nanoTime());
    }

    private static long longest(List<RateLimit> limits, int bytes, long nanos) {
        long pause = 0;
        for (RateLimit limit : limits) {
            pause = Math.max(pause, limit.take(bytes, nanos));
        }
        return pause;
    }

    /** Tells whether the server of an address was asked before, so that its name need not be looked up. */
    synchronized boolean knows(URI uri) {
        return lanes.containsKey(Endpoint.of(uri));
    }

    /** Asks for a file. */
    void ask(URI uri, WantedFile wanted, Body body) throws IOException {
        Endpoint server = Endpoint.of(uri);
        lanes(server).ask(new Question(target(uri), headers(server, wanted)), body);
    }

    private static String target(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private Map<String, String> headers(Endpoint server, WantedFile wanted) {
        Map<String, String> usual = server.equals(named) ? ofNamed : ofOthers;
        if (wanted.known().isEmpty()) {
            return usual;
        }
        Map<String, String> headers = new HashMap<>(usual);
        wanted.known().flatMap(Validators::etag).ifPresent(tag -> headers.put("If-None-Match", tag));
        wanted.known().flatMap(Validators::lastModified).ifPresent(time -> headers.put("If-Modified-Since", time));
        return headers;
    }

    private static Map<String, String> usualHeaders(Host host, Optional<Authorization> ours) {
        Map<String, String> headers = new HashMap<>();
        headers.put("User-Agent", host.manners().userAgent());
        headers.put("Accept-Encoding", "identity");
        ours.ifPresent(credential -> headers.put("Authorization", credential.header()));
        return Map.copyOf(headers);
    }

    private synchronized Lanes lanes(Endpoint server) throws IOException {
        Lanes known = lanes.get(server);
        if (known != null) {
            return known;
        }
        List<InetAddress> addresses = reach.addresses(server);
        AtomicInteger next = new AtomicInteger();
        Lanes made = network.lanes(
                server,
                Pace.of(host.manners().silence()),
                throttle,
                () -> addresses.get(Math.floorMod(next.getAndIncrement(), addresses.size())));
        made.limit(limit);
        lanes.put(server, made);
        return made;
    }

    /** Asks for nothing before a time; what was asked for may come. */
    void rest(long until) {
        restUntil = until;
    }

    /** Sets how many exchanges each server gets at once. */
    synchronized void limit(int most) {
        limit = most;
        lanes.values().forEach(server -> server.limit(most));
    }

    @Override
    public synchronized void close() {
        lanes.values().forEach(Lanes::close);
        network.close();
    }
}
