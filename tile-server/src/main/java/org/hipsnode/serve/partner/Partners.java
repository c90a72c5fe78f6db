package org.hipsnode.serve.partner;

import java.util.List;
import org.hipsnode.serve.snapshot.ServedSurvey;

/** Whoever deals with other nodes beside the server; for many threads, none of which may be kept waiting. */
public interface Partners {
    /** A node that has nothing to do with others. */
    Partners NONE = new Partners() {
        @Override
        public List<KeptCopy> copies() {
            return List.of();
        }

        @Override
        public List<Fixity> audits() {
            return List.of();
        }

        @Override
        public long changes() {
            return 0;
        }

        @Override
        public boolean listens() {
            return false;
        }

        @Override
        public boolean listensTo(String partner) {
            return false;
        }

        @Override
        public boolean hasNews(String partner, Notice notice) {
            return false;
        }

        @Override
        public void published(ServedSurvey survey) {
            // nobody wants to know
        }

        @Override
        public void received(ReceivedPush push) {
            // nobody wants to know
        }
    };

    /** Returns the copies that are kept up to date, sorted by path. */
    List<KeptCopy> copies();

    /** Returns what is known of the bytes of surveys here, copies or not. */
    List<Fixity> audits();

    /** Returns the surveys that are made here, sorted by path. */
    default List<KeptSurvey> made() {
        return List.of();
    }

    /** Returns the releases of a survey that were served, the newest first; may look into a file. */
    default List<ServedRelease> releases(String path) {
        return List.of();
    }

    /** Returns a number that is another one whenever the health of a copy or of a survey made here is another, or more is known of the bytes of a survey. */
    long changes();

    /** Tells whether anybody may tell of news. */
    boolean listens();

    /**
     * Tells whether somebody may.
     *
     * @param partner name of a credential
     */
    boolean listensTo(String partner);

    /** Hears of news; tells whether they are of a survey that is copied here, and of which this partner may tell. */
    boolean hasNews(String partner, Notice notice);

    /** Learns that a survey, or another release of it, has begun to be served. */
    void published(ServedSurvey survey);

    /** Learns that a push has ended. */
    void received(ReceivedPush push);
}
