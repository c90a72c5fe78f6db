package org.hipsnode.serve.request;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The headers by which a client says what it has and what part it wants (RFC 9110 §13, §14). */
public record Conditions(
        Optional<String> ifMatch,
        Optional<String> ifNoneMatch,
        Optional<String> ifModifiedSince,
        Optional<String> ifUnmodifiedSince,
        Optional<String> ifRange,
        Optional<String> range,
        Optional<String> acceptEncoding) {

    public static final Conditions NONE = new Conditions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Returns those of a client that holds one version. */
    public Conditions withIfNoneMatch(String etag) {
        return new Conditions(
                ifMatch, Optional.of(etag), ifModifiedSince, ifUnmodifiedSince, ifRange, range, acceptEncoding);
    }

    /** Tells whether the client holds the current version already. */
    public boolean isNotModified(String etag, Instant lastModified) {
        if (ifNoneMatch.isPresent()) {
            return matches(ifNoneMatch.get(), etag, true);
        }
        return ifModifiedSince
                .flatMap(HttpDate::parse)
                .filter(since -> !lastModified.truncatedTo(ChronoUnit.SECONDS).isAfter(since))
                .isPresent();
    }

    /** Tells whether the client wants an answer only for a version that is not the current one. */
    public boolean isPreconditionFailed(String etag, Instant lastModified) {
        if (ifMatch.isPresent()) {
            return !matches(ifMatch.get(), etag, false);
        }
        return ifUnmodifiedSince
                .flatMap(HttpDate::parse)
                .filter(since -> lastModified.truncatedTo(ChronoUnit.SECONDS).isAfter(since))
                .isPresent();
    }

    private static boolean matches(String list, String etag, boolean weakly) {
        for (String candidate : list.split(",")) {
            String tag = candidate.trim();
            if (tag.equals("*") || tag.equals(etag) || (weakly && tag.equals("W/" + etag))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the part that is wanted; the whole file where If-Range names another version. */
    public ByteRange.Wish wish(String etag, Instant lastModified, long size) {
        boolean sameVersion = ifRange.isEmpty()
                || ifRange.get().equals(etag)
                || HttpDate.parse(ifRange.get())
                        .filter(lastModified.truncatedTo(ChronoUnit.SECONDS)::equals)
                        .isPresent();
        return ByteRange.parse(sameVersion ? range : Optional.empty(), size);
    }

    /** Tells whether the client takes gzip as a content coding (RFC 9110 §12.5.3). */
    public boolean acceptsGzip() {
        Optional<Boolean> named = accepts("gzip");
        return named.orElseGet(() -> accepts("*").orElse(false));
    }

    /** Tells whether a coding is accepted or refused; empty if it is not named. */
    private Optional<Boolean> accepts(String coding) {
        for (String item : acceptEncoding.orElse("").split(",")) {
            String[] parts = item.trim().split(";");
            if (parts[0].trim().equalsIgnoreCase(coding)) {
                return Optional.of(
                        parts.length < 2 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?"));
            }
        }
        return Optional.empty();
    }
}
