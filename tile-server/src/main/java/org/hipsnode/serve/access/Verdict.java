package org.hipsnode.serve.access;

/** What is decided about a request for a private survey. */
public enum Verdict {
    GRANTED(200, 0, "granted"),
    /** It brings none. */
    NO_CREDENTIAL(401, 0, "this survey is private: a credential is needed"),
    /** It brings one that is not known, or opens other surveys. */
    WRONG_CREDENTIAL(403, 0, "this survey is private: the credential does not open it"),
    /** Its client has guessed too often. */
    TOO_MANY_GUESSES(429, Gate.GUESSING_SECONDS, "too many wrong passwords: try again in a minute"),
    /** So many passwords wait to be checked that this one shall come again. */
    BUSY(503, 5, "too many passwords to check: try again in some seconds");

    private final int status;
    private final int retrySeconds;
    private final String reason;

    Verdict(int status, int retrySeconds, String reason) {
        this.status = status;
        this.retrySeconds = retrySeconds;
        this.reason = reason;
    }

    public int status() {
        return status;
    }

    /** Returns after how many seconds to come again; 0 if that would not help. */
    public int retrySeconds() {
        return retrySeconds;
    }

    public String reason() {
        return reason;
    }
}
