package org.hipsnode.generate.engine;

import java.util.Optional;

/**
 * Judges a run of Hipsgen by what it said, since it exits with 0 whatever happens: it has succeeded if it came to its end and
 * named no error.
 */
final class HipsgenVerdict {
    private static final int KILLED = 128;

    private String error = "";
    private String exception = "";
    private String abort = "";
    private String action = "";
    private String last = "";
    private boolean ended;

    void hear(HipsgenLine line) {
        switch (line.kind()) {
            case ACTION -> action = line.text();
            case END -> ended = true;
            case ERROR -> error = line.text();
            case EXCEPTION -> exception = line.text();
            case ABORT -> abort = abort.isEmpty() ? line.text() : abort;
            default -> {
                // neither good nor bad
            }
        }
        last = line.text().isEmpty() ? last : line.text();
    }

    /**
     * Returns why the run failed; empty if it has not.
     *
     * @param status with which the process ended
     */
    Optional<String> failure(int status) {
        if (ended && error.isEmpty() && abort.isEmpty() && status == 0) {
            return Optional.empty();
        }
        String where = action.isEmpty() ? "Hipsgen" : "Hipsgen's action " + action;
        if (!error.isEmpty()) {
            return Optional.of(where + " failed: " + error);
        }
        if (!abort.isEmpty()) {
            return Optional.of(where + " failed: " + (exception.isEmpty() ? abort : exception));
        }
        return Optional.of(where + (status > KILLED ? " was killed" : " stopped") + " (exit status " + status
                + ") before it was done" + lastWords());
    }

    private String lastWords() {
        String words = exception.isEmpty() ? last : exception;
        return words.isEmpty() ? ", without a word" : "; it said last: " + words;
    }
}
