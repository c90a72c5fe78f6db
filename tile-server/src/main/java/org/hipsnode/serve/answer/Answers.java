package org.hipsnode.serve.answer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.serve.request.ByteRange;
import org.hipsnode.serve.request.Conditions;
import org.hipsnode.serve.request.HttpDate;
import org.hipsnode.tile.TreeName;

/** Decides status, headers and body of responses (RFC 9110; standards.md §9). */
public final class Answers {
    private static final ByteRange NOTHING = new ByteRange(0, 0);
    private static final String TILE_CACHING = "public, max-age=86400, stale-while-revalidate=604800";
    private static final String FOREVER_CACHING = "public, max-age=31536000, immutable";
    private static final String OTHER_CACHING = "public, max-age=300";
    private static final String MISSING_CACHING = "public, max-age=600";

    /** Headers of every response: anybody's page may use what is here (standards.md §9.3). */
    public static final Map<String, String> ALWAYS = Map.of(
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Expose-Headers", "Content-Length, Content-Range, Accept-Ranges, ETag, Last-Modified",
            "Timing-Allow-Origin", "*",
            "Cross-Origin-Resource-Policy", "cross-origin",
            "X-Content-Type-Options", "nosniff");

    private static final String METHODS = "GET, HEAD, OPTIONS";

    private Answers() {}

    /** Tells whether a client is sent a file in its compressed form. */
    public static boolean isCoded(FileFacts file, Conditions conditions) {
        return file.varies() && conditions.acceptsGzip();
    }

    /** Returns the validator of the compressed form of what has a validator. */
    private static String coded(String etag) {
        return etag.substring(0, etag.length() - 1) + "-gzip\"";
    }

    /** Answers a GET or HEAD for a file that is there, and has no compressed form of another size. */
    public static Answer file(FileFacts file, Conditions conditions) {
        return file(file, file.size(), conditions);
    }

    /**
     * Answers a GET or HEAD for a file that is there.
     *
     * @param codedSize size of its compressed form, if it has one
     */
    public static Answer file(FileFacts file, long codedSize, Conditions conditions) {
        boolean coded = isCoded(file, conditions);
        String etag = coded ? coded(file.etag()) : file.etag();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", etag);
        headers.put("Last-Modified", HttpDate.format(file.lastModified()));
        headers.put("Cache-Control", caching(file.name()));
        headers.put("Accept-Ranges", "bytes");
        if (file.varies()) {
            headers.put("Vary", "Accept-Encoding");
        }
        if (conditions.isPreconditionFailed(etag, file.lastModified())) {
            return new Answer(412, headers, NOTHING);
        }
        if (conditions.isNotModified(etag, file.lastModified())) {
            return new Answer(304, headers, NOTHING);
        }
        headers.put("Content-Type", MediaTypes.of(file.name()));
        if (coded) {
            headers.put("Content-Encoding", "gzip");
        }
        long size = coded ? codedSize : file.size();
        return part(size, headers, conditions.wish(etag, file.lastModified(), size));
    }

    private static Answer part(long size, Map<String, String> headers, ByteRange.Wish wish) {
        ByteRange range = wish.range();
        return switch (wish.kind()) {
            case WHOLE -> new Answer(200, headers, range);
            case PART -> {
                long last = range.first() + range.length() - 1;
                headers.put("Content-Range", "bytes " + range.first() + "-" + last + "/" + size);
                yield new Answer(206, headers, range);
            }
            case UNSATISFIABLE -> {
                headers.put("Content-Range", "bytes */" + size);
                headers.remove("Content-Type");
                yield new Answer(416, headers, NOTHING);
            }
        };
    }

    private static String caching(String name) {
        if (ManifestName.isObject(name)) {
            return FOREVER_CACHING;
        }
        Optional<TreeName> tree = TreeName.parse(name);
        return tree.isPresent() && tree.get() instanceof TreeName.Tile ? TILE_CACHING : OTHER_CACHING;
    }

    /**
     * Answers with a text made on the spot.
     *
     * @param etag its validator
     * @param coded whether it is sent compressed
     * @param length of what is sent
     */
    public static Answer text(String mediaType, String etag, boolean coded, long length, Conditions conditions) {
        Map<String, String> headers = new LinkedHashMap<>();
        String validator = coded ? coded(etag) : etag;
        headers.put("ETag", validator);
        headers.put("Cache-Control", "no-cache");
        headers.put("Vary", "Accept-Encoding");
        if (conditions.ifNoneMatch().isPresent() && conditions.isNotModified(validator, Instant.EPOCH)) {
            return new Answer(304, headers, NOTHING);
        }
        headers.put("Content-Type", mediaType);
        if (coded) {
            headers.put("Content-Encoding", "gzip");
        }
        return new Answer(200, headers, new ByteRange(0, length));
    }

    /** Answers with a list of names, however long it is. */
    public static Answer names() {
        return new Answer(
                200,
                Map.of("Content-Type", "text/plain; charset=utf-8", "Cache-Control", "no-cache"),
                new ByteRange(0, Answer.UNMEASURED));
    }

    /** Answers with what is true only now. */
    public static Answer fleeting(int status, String mediaType, long length) {
        return new Answer(
                status, Map.of("Content-Type", mediaType, "Cache-Control", "no-store"), new ByteRange(0, length));
    }

    /** Answers a request that cannot be met; the reason is the body. */
    public static Answer refusal(Resource.Refusal refusal) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/plain; charset=utf-8");
        headers.put("Cache-Control", refusal.status() == 404 ? MISSING_CACHING : "no-store");
        if (refusal.status() == 429 || refusal.status() == 503) {
            headers.put("Retry-After", "1");
        }
        return new Answer(
                refusal.status(), headers, new ByteRange(0, refusal.reason().length()));
    }

    /** Sends to another path on this server. */
    public static Answer moved(String location) {
        return new Answer(301, Map.of("Location", location, "Cache-Control", OTHER_CACHING), NOTHING);
    }

    /** Sends to another server, for now. */
    public static Answer elsewhere(String address) {
        return new Answer(302, Map.of("Location", address, "Cache-Control", "no-cache"), NOTHING);
    }

    /** Answers a preflight request. */
    public static Answer options() {
        return new Answer(
                204,
                Map.of(
                        "Allow",
                        METHODS,
                        "Access-Control-Allow-Methods",
                        METHODS,
                        "Access-Control-Allow-Headers",
                        "Authorization, Range, If-Range, If-None-Match, If-Modified-Since, Accept, Cache-Control, Pragma",
                        "Access-Control-Max-Age",
                        "86400"),
                NOTHING);
    }

    /** Answers a method that changes things. */
    public static Answer methodNotAllowed() {
        return new Answer(405, Map.of("Allow", METHODS), NOTHING);
    }
}
