package org.hipsnode.mirror.transfer;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.remote.Head;
import org.hipsnode.mirror.remote.Redirect;

/** What to do after a request. */
sealed interface Verdict {
    /** What was fetched and is wrong may be better once more, seldom later. */
    int TRIES_OF_WRONG = 3;

    /** That is it. */
    record Report(Arrival arrival) implements Verdict {}

    /**
     * Once more.
     *
     * @param asked how long the server asks us to wait
     * @param busy whether the server has too much to do, so that all its files should wait
     * @param reason if it stays so
     */
    record Again(Optional<Duration> asked, boolean busy, String reason) implements Verdict {}

    /** The server is out of reach, for all files. */
    record Unreachable(String reason) implements Verdict {}

    /** No file can be had from this server. */
    record GiveUp(String reason) implements Verdict {}

    /** Somewhere else. */
    record Follow(URI to) implements Verdict {}

    /**
     * Decides.
     *
     * @param uri that was asked for
     * @param redirects that led there
     * @param tries so far, this one included
     */
    static Verdict of(
            WantedFile wanted, URI uri, int redirects, int tries, int mostTries, Outcome outcome, Instant now) {
        Verdict verdict = first(wanted, uri, redirects, outcome, now);
        int most = outcome instanceof Outcome.Wrong ? Math.min(mostTries, TRIES_OF_WRONG) : mostTries;
        return verdict instanceof Again again && tries >= most
                ? failed(wanted, again.reason() + " (tried " + tries + (tries == 1 ? " time)" : " times)"))
                : verdict;
    }

    private static Verdict first(WantedFile wanted, URI uri, int redirects, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Whole whole) {
            return new Report(new Arrival.Stored(wanted.name(), whole.record(), whole.validators()));
        }
        if (outcome instanceof Outcome.Said said) {
            return ofStatus(wanted, uri, redirects, said.head(), now);
        }
        if (outcome instanceof Outcome.Lost lost) {
            return ofLoss(wanted, redirects, lost);
        }
        return new Again(Optional.empty(), false, ((Outcome.Wrong) outcome).reason());
    }

    private static Verdict ofLoss(WantedFile wanted, int redirects, Outcome.Lost lost) {
        boolean elsewhere = redirects > 0; // which says nothing of the server that the operator named
        return switch (lost.kind()) {
            case UNREACHABLE ->
                elsewhere ? new Again(Optional.empty(), false, lost.reason()) : new Unreachable(lost.reason());
            case NOT_TRUSTED, REFUSED -> elsewhere ? failed(wanted, lost.reason()) : new GiveUp(lost.reason());
            case SILENT, SLOW -> new Again(Optional.empty(), true, lost.reason());
            case BROKEN, NOT_HTTP -> new Again(Optional.empty(), false, lost.reason());
        };
    }

    private static Verdict ofStatus(WantedFile wanted, URI uri, int redirects, Head head, Instant now) {
        int status = head.status();
        if (status == 304 && wanted.known().isPresent()) {
            return new Report(new Arrival.Unchanged(wanted.name()));
        }
        if (status == 404 || status == 410) {
            return new Report(new Arrival.Missing(wanted.name()));
        }
        if (Redirect.isOne(status)) {
            return ofRedirect(wanted, uri, redirects, head.header("Location").orElse(""));
        }
        String reason = "'" + wanted.name() + "': expected status 200 or 404, found " + status;
        if (status == 429 || status >= 500 || status == 408) {
            Optional<Duration> asked = head.header("Retry-After").flatMap(text -> RetryAfter.parse(text, now));
            return new Again(asked, status == 429 || status == 503, reason);
        }
        return failed(wanted, reason);
    }

    private static Verdict ofRedirect(WantedFile wanted, URI uri, int redirects, String location) {
        if (redirects == Redirect.MOST) {
            return failed(
                    wanted, "'" + wanted.name() + "': expected at most " + Redirect.MOST + " redirects, found more");
        }
        return Redirect.target(uri, location)
                .<Verdict>map(Follow::new)
                .orElseGet(() -> failed(
                        wanted,
                        "'" + wanted.name() + "': expected a redirect to an address as safe as '" + uri.getScheme()
                                + "', found '" + WebAddress.withoutSecrets(location) + "'"));
    }

    private static Verdict failed(WantedFile wanted, String reason) {
        return new Report(new Arrival.Failed(wanted.name(), reason));
    }
}
