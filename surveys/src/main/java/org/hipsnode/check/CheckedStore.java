package org.hipsnode.check;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.store.SurveyStore;

/** A survey's files, where one that cannot be read is a finding and not the end. */
record CheckedStore(SurveyStore store, Findings findings) {
    private static final int MAX_FILE_BYTES = 1 << 26;

    /** What came of reading a file. */
    enum Outcome {
        READ,
        ABSENT,
        FAILED
    }

    /** A file's content and how it came; empty content unless it was read. */
    static final class Answer {
        private final Outcome outcome;
        private final byte[] content;

        private Answer(Outcome outcome, byte... content) {
            this.outcome = outcome;
            this.content = content;
        }

        boolean isRead() {
            return outcome == Outcome.READ;
        }

        boolean isAbsent() {
            return outcome == Outcome.ABSENT;
        }

        byte[] content() {
            return content;
        }
    }

    Answer read(String name, String section) {
        return read(name, section, MAX_FILE_BYTES);
    }

    Answer read(String name, String section, int limit) {
        try {
            Optional<byte[]> content = store.read(name, limit);
            return content.map(c -> new Answer(Outcome.READ, c)).orElseGet(() -> new Answer(Outcome.ABSENT));
        } catch (IOException e) {
            findings.broken(section, name, e);
            return new Answer(Outcome.FAILED);
        }
    }
}
