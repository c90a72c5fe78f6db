package org.hipsnode.serve.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hipsnode.serve.snapshot.ServedSurvey;

/**
 * Decides who may see a private survey, by one list of credentials; another list needs another gate, made of this one.
 *
 * <p>To check a password takes long, by intent. So it is done once: right and wrong ones are remembered for a while, by a
 * digest under a key that lives as long as the program, and both remembrances are bounded and apart, so that guesses push out
 * nobody who is known. A client that guesses too often in a minute is not listened to for the rest of it, save with what is
 * known to be right. Tokens need neither: checking one is quick, and none can be guessed.
 */
public final class Gate {
    static final int GUESSING_SECONDS = 60;
    static final int GUESSES = 10;

    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 10_000;
    private static final String MAC = "HmacSHA256";

    /** Compared with for names that are not known, so that time does not tell which are; no password has it. */
    private static final SecretHash NOBODY =
            new SecretHash.OfPassword(SecretHash.OfPassword.ITERATIONS, "00".repeat(16), "00".repeat(32));

    private final CredentialList list;
    private final SecretKeySpec key;
    private final Cache<String, SecretHash> right;
    private final Cache<String, SecretHash> wrong;
    private final Cache<String, AtomicInteger> guesses;

    public Gate(CredentialList list) {
        this(list, Ticker.systemTicker());
    }

    Gate(CredentialList list, Ticker ticker) {
        this.list = list;
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, MAC);
        this.right = remembering(ticker, REMEMBERED);
        this.wrong = remembering(ticker, REMEMBERED);
        this.guesses = remembering(ticker, Duration.ofSeconds(GUESSING_SECONDS));
    }

    /** Goes on from another gate: what was found out of an entry holds as long as its hash is the same. */
    private Gate(CredentialList list, Gate before) {
        this.list = list;
        this.key = before.key;
        this.right = before.right;
        this.wrong = before.wrong;
        this.guesses = before.guesses;
    }

    /** Returns a gate with another list, which knows what was found out before. */
    Gate with(CredentialList other) {
        return new Gate(other, this);
    }

    private static <V> Cache<String, V> remembering(Ticker ticker, Duration time) {
        return Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(time)
                .maximumSize(MOST_REMEMBERED)
                .build();
    }

    /** Returns what lets those in who may see a survey. */
    public static Predicate<Credential> seeing(ServedSurvey survey) {
        return credential -> credential.opens(survey);
    }

    /**
     * Decides at once; empty if a password must be checked first.
     *
     * @param wanted tells whether a credential does what is asked for
     * @param client who asks, as far as can be told: an address
     */
    public Optional<Verdict> decide(Predicate<Credential> wanted, Offer offer, String client) {
        if (offer instanceof Offer.Bearer bearer) {
            return Optional.of(verdict(list.ofToken(bearer.token()), wanted));
        }
        if (offer instanceof Offer.Basic basic) {
            return decide(wanted, basic, client);
        }
        return Optional.of(Verdict.NO_CREDENTIAL);
    }

    private static Verdict verdict(Optional<Credential> known, Predicate<Credential> wanted) {
        return known.filter(wanted).isPresent() ? Verdict.GRANTED : Verdict.WRONG_CREDENTIAL;
    }

    private Optional<Verdict> decide(Predicate<Credential> wanted, Offer.Basic basic, String client) {
        Optional<Credential> named = list.named(basic.name());
        if (named.isPresent() && named.get().hash() instanceof SecretHash.OfToken hash) {
            return Optional.of(verdict(named.filter(c -> hash.isOf(basic.secret())), wanted));
        }
        if (!list.hasPasswords()) {
            return Optional.of(Verdict.WRONG_CREDENTIAL);
        }
        String digest = digest(basic);
        SecretHash hash = hash(named);
        if (hash.equals(right.getIfPresent(digest))) {
            return Optional.of(verdict(named, wanted));
        }
        if (hash.equals(wrong.getIfPresent(digest))) {
            return Optional.of(Verdict.WRONG_CREDENTIAL);
        }
        return hasGuessedTooOften(client) ? Optional.of(Verdict.TOO_MANY_GUESSES) : Optional.empty();
    }

    private boolean hasGuessedTooOften(String client) {
        AtomicInteger count = guesses.getIfPresent(client);
        return count != null && count.get() >= GUESSES;
    }

    /**
     * Checks a password if nobody has done so meanwhile, and decides. Takes a while, so not for an event loop; and for one
     * thread, so that the same password asked with for many tiles is checked once, and passwords keep one processor busy at
     * most.
     */
    public synchronized Verdict check(Predicate<Credential> wanted, Offer offer, String client) {
        Optional<Verdict> known = decide(wanted, offer, client);
        if (known.isPresent() || !(offer instanceof Offer.Basic basic)) {
            return known.orElse(Verdict.NO_CREDENTIAL);
        }
        Optional<Credential> named = list.named(basic.name());
        SecretHash hash = hash(named);
        if (hash.isOf(basic.secret())) {
            right.put(digest(basic), hash);
            return verdict(named, wanted);
        }
        wrong.put(digest(basic), hash);
        guesses.get(client, none -> new AtomicInteger()).incrementAndGet();
        return Verdict.WRONG_CREDENTIAL;
    }

    private static SecretHash hash(Optional<Credential> named) {
        return named.map(Credential::hash).orElse(NOBODY);
    }

    /** Returns the name of whoever brings an offer that was let in. */
    public String name(Offer offer) {
        if (offer instanceof Offer.Basic basic) {
            return basic.name();
        }
        return offer instanceof Offer.Bearer bearer
                ? list.ofToken(bearer.token()).map(Credential::name).orElse("")
                : "";
    }

    private String digest(Offer.Basic basic) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            // no name holds a colon, so no two pairs are one text
            String pair = basic.name() + ":" + basic.secret();
            return HexFormat.of().formatHex(mac.doFinal(pair.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }
}
