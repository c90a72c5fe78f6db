package org.hipsnode.serve.origin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.hipsnode.check.ContentCheck;
import org.hipsnode.io.AddressRule;
import org.hipsnode.io.Digests;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.io.WebAddress;

/** Fetches single files of one remote survey, and believes nothing: neither lengths nor types nor where it is sent. */
final class Fetcher {
    private static final int MOST_REDIRECTS = 5;
    private static final int PIECE = 1 << 16;
    private static final String AGENT = "hipsnode (cache)";

    private final WebAddress address;
    private final boolean allowsPrivate;
    private final Network network;
    private final Clock clock;

    /**
     * What lies outside, for all surveys.
     *
     * @param resolver who knows the addresses of a name
     * @param isOurs tells whether this node listens at an address
     * @param ourName by which this node is known in Via headers
     */
    record Network(Origin origin, Resolver resolver, Predicate<Place> isOurs, String ourName) {}

    /** An address and a port. */
    record Place(InetAddress address, int port) {}

    Fetcher(OriginSettings settings, Network network, Clock clock) {
        this.address = settings.origin();
        this.allowsPrivate = settings.allowsPrivate();
        this.network = network;
        this.clock = clock;
    }

    /**
     * Fetches a file.
     *
     * @param known what is here already: then only a change is fetched
     * @param into where it goes
     * @throws FetchException if the origin neither gives it nor says that there is none
     */
    Fetched fetch(WantedFile wanted, Optional<Note> known, Path into, Hops hops) throws IOException {
        URI uri = address.file(wanted.name()).uri();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Origin.Reply reply = ask(uri, wanted, known, into, hops);
            if (!isRedirect(reply.status())) {
                return fetched(wanted, known, into, reply);
            }
            uri = target(uri, reply);
        }
        throw refused(wanted.name(), "at most " + MOST_REDIRECTS + " redirects", "more");
    }

    private static FetchException refused(String object, String expected, String found) {
        return new FetchException(
                FetchException.Kind.REFUSED, "'" + object + "': expected " + expected + ", found " + found);
    }

    private Origin.Reply ask(URI uri, WantedFile wanted, Optional<Note> known, Path into, Hops hops)
            throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", AGENT);
        headers.put("Accept-Encoding", "identity");
        headers.put("Via", hops.with(network.ourName()));
        known.flatMap(Note::etag).ifPresent(etag -> headers.put("If-None-Match", etag));
        known.flatMap(Note::lastModified).ifPresent(date -> headers.put("If-Modified-Since", date));
        InetAddress target = resolve(uri);
        return network.origin().ask(new Origin.Question(uri, target, headers, wanted.limit()), into);
    }

    /** Chooses an address, and it is this one that is connected to: the name may mean another a moment later. */
    private InetAddress resolve(URI uri) throws FetchException {
        List<InetAddress> found = List.of(addresses(uri.getHost()));
        int port = new Origin.Question(uri, found.get(0), Map.of(), 0).port();
        if (found.stream().anyMatch(a -> network.isOurs().test(new Place(a, port)))) {
            throw new FetchException(
                    FetchException.Kind.LOOP, "'" + uri.getHost() + "': expected another server, found this node");
        }
        return found.stream()
                .filter(a -> allowsPrivate || AddressRule.isPublic(a))
                .findFirst()
                .orElseThrow(() -> refused(
                        uri.getHost(),
                        "an address of the public internet, or allow-private: true",
                        Arrays.toString(
                                found.stream().map(InetAddress::getHostAddress).toArray())));
    }

    private InetAddress[] addresses(String host) throws FetchException {
        try {
            return network.resolver().resolve(host.replaceAll("^\\[|\\]$", ""));
        } catch (UnknownHostException e) {
            throw new FetchException(FetchException.Kind.UNREACHABLE, "'" + host + "': no such host", e);
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static URI target(URI from, Origin.Reply reply) throws FetchException {
        String location = reply.header("Location").orElse("");
        Optional<URI> to = resolved(from, location);
        boolean weaker = to.isPresent()
                && from.getScheme().equals("https")
                && !to.get().getScheme().equals("https");
        if (to.isEmpty() || weaker) {
            throw refused(
                    from.getHost(),
                    "a redirect to " + (weaker ? "https" : WebAddress.EXPECTED),
                    "'" + WebAddress.withoutSecrets(location) + "'");
        }
        return to.get();
    }

    private static Optional<URI> resolved(URI from, String location) {
        if (location.isBlank()) {
            return Optional.empty();
        }
        try {
            return WebAddress.parse(from.resolve(location).toString().replaceFirst("#.*", ""))
                    .map(WebAddress::uri);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Fetched fetched(WantedFile wanted, Optional<Note> known, Path into, Origin.Reply reply) throws IOException {
        int status = reply.status();
        if (status == 200) {
            return new Fetched.Whole(received(wanted, into, reply));
        }
        if (status == 304 && known.isPresent()) {
            Duration fresh = Freshness.of(reply, wanted.fresh());
            return new Fetched.Unchanged(known.get().checkedAt(clock.instant(), fresh));
        }
        if (status == 404 || status == 410) {
            return new Fetched.Missing();
        }
        throw failure(wanted, reply);
    }

    private static FetchException failure(WantedFile wanted, Origin.Reply reply) {
        int status = reply.status();
        String message = "'" + wanted.name() + "': expected status 200 or 404 of the origin, found " + status;
        Duration patience = Freshness.retryAfter(reply).orElse(Duration.ZERO);
        if (status == 508) {
            return new FetchException(FetchException.Kind.LOOP, message);
        }
        if (status == 429 || status == 503) {
            return new FetchException(FetchException.Kind.BUSY, message, patience, null);
        }
        return new FetchException(
                status >= 500 ? FetchException.Kind.FAILING : FetchException.Kind.REFUSED, message, patience, null);
    }

    private Note received(WantedFile wanted, Path into, Origin.Reply reply) throws IOException {
        requireLength(wanted, reply);
        if (Freshness.isForbidden(reply)) {
            throw refused(
                    wanted.name(),
                    "a file that caches may keep",
                    "Cache-Control: " + reply.header("Cache-Control").orElse(""));
        }
        unpack(wanted, into, reply.header("Content-Encoding").orElse("identity").trim());
        if (!wanted.name().equals(WantedFile.PROPERTIES.name())) {
            requireContent(wanted, into);
        }
        return new Note(
                Files.size(into),
                Digests.sha256(into),
                reply.header("ETag").filter(Fetcher::isOneLine),
                reply.header("Last-Modified").filter(Fetcher::isOneLine),
                clock.instant(),
                Freshness.of(reply, wanted.fresh()));
    }

    private static void requireContent(WantedFile wanted, Path into) throws IOException {
        try {
            ContentCheck.require(wanted.name(), into, wanted.limit());
        } catch (MalformedDataException e) {
            throw new FetchException(FetchException.Kind.WRONG_CONTENT, String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isOneLine(String value) {
        return value.length() < 1000 && value.chars().noneMatch(Character::isISOControl);
    }

    /** A body that ends with the connection may have ended anywhere. */
    private static void requireLength(WantedFile wanted, Origin.Reply reply) throws FetchException {
        Optional<String> said = reply.header("Content-Length");
        boolean chunked = reply.header("Transfer-Encoding")
                .orElse("")
                .toLowerCase(java.util.Locale.ROOT)
                .contains("chunked");
        if (said.isPresent() ? !said.get().equals(Long.toString(reply.bytes())) : !chunked) {
            throw new FetchException(
                    FetchException.Kind.UNREACHABLE,
                    "'" + wanted.name() + "': expected "
                            + said.map(n -> n + " bytes").orElse("a length") + ", found "
                            + (said.isPresent() ? reply.bytes() + " bytes" : "none"));
        }
    }

    /** Unpacks what was packed though nobody asked for it; never to more than such a file may have. */
    private static void unpack(WantedFile wanted, Path file, String coding) throws IOException {
        if (coding.equalsIgnoreCase("identity")) {
            return;
        }
        if (!coding.equalsIgnoreCase("gzip") && !coding.equalsIgnoreCase("x-gzip")) {
            throw refused(wanted.name(), "Content-Encoding gzip or none", "'" + coding + "'");
        }
        Path packed = file.resolveSibling(file.getFileName() + ".gz");
        Files.move(file, packed);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed));
                OutputStream out = Files.newOutputStream(file)) {
            copy(in, out, wanted);
        } catch (ZipException | java.io.EOFException e) {
            throw new FetchException(
                    FetchException.Kind.WRONG_CONTENT,
                    "'" + wanted.name() + "': expected whole gzip data, found none",
                    e);
        } finally {
            Files.delete(packed);
        }
    }

    private static void copy(InputStream in, OutputStream out, WantedFile wanted) throws IOException {
        byte[] piece = new byte[PIECE];
        long left = wanted.limit();
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            left -= n;
            if (left < 0) {
                throw new FetchException(
                        FetchException.Kind.WRONG_CONTENT,
                        "'" + wanted.name() + "': expected at most " + wanted.limit()
                                + " bytes when unpacked, found more");
            }
            out.write(piece, 0, n);
        }
    }
}
