package org.hipsnode.serve.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The headers by which an answer of a private survey differs from one that everybody may have: no cache shares it, and only
 * pages of the origins that are allowed may read it.
 *
 * @param allowedOrigins such as {@code https://archive.example}
 */
public record PrivateHeaders(Set<String> allowedOrigins) {
    /** The browser keeps what it has, and asks each time whether it may still be shown: a 304 is cheap. */
    private static final String REVALIDATED = "private, max-age=0, must-revalidate";

    private static final String NEVER_KEPT = "private, no-store";

    /** Two headers: some clients cannot read two challenges in one (RFC 9110 §11.6.1). */
    private static final List<String> CHALLENGES =
            List.of("Bearer realm=\"private surveys\"", "Basic realm=\"private surveys\", charset=\"UTF-8\"");

    private static final List<String> ABSENT = List.of();

    public PrivateHeaders {
        allowedOrigins = Set.copyOf(allowedOrigins);
    }

    /**
     * Returns the headers to be set instead of those of a public answer, by name; without values one to be left out.
     *
     * @param origin the page that asks, if it is one of another site (Fetch, "CORS protocol")
     * @param vary what the public answer would vary by
     */
    public Map<String, List<String>> of(int status, Optional<String> origin, Optional<String> vary) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", List.of(status < 400 ? REVALIDATED : NEVER_KEPT));
        headers.put("Vary", List.of(vary.map(v -> v + ", ").orElse("") + "Authorization, Origin"));
        if (status == 401) {
            headers.put("WWW-Authenticate", CHALLENGES);
        }
        // what a page includes without asking by CORS: its own site's only
        headers.put("Cross-Origin-Resource-Policy", List.of("same-origin"));
        Optional<String> allowed = origin.filter(allowedOrigins::contains);
        if (allowed.isPresent()) {
            headers.put("Access-Control-Allow-Origin", List.of(allowed.get()));
            headers.put("Access-Control-Allow-Credentials", List.of("true"));
            headers.put("Timing-Allow-Origin", List.of(allowed.get()));
        } else {
            for (String name : List.of("Allow-Origin", "Allow-Methods", "Allow-Headers", "Expose-Headers", "Max-Age")) {
                headers.put("Access-Control-" + name, ABSENT);
            }
            headers.put("Timing-Allow-Origin", ABSENT);
        }
        return headers;
    }
}
