package org.hipsnode.serve.partner;

import java.util.List;
import org.hipsnode.serve.snapshot.ServedSurvey;

/**
 * Whoever deals with other nodes beside the server; for many threads, none of which may be kept waiting.
 *
 * <p>What is left out is what a node does that has nothing to do with others.
 */
public interface Partners {
    /** A node that has nothing to do with others. */
    Partners NONE = new Partners() {};

    /** Returns the copies that are kept up to date, sorted by path. */
    default List<KeptCopy> copies() {
        return List.of();
    }

    /** Returns what is known of the bytes of surveys here, copies or not. */
    default List<Fixity> audits() {
        return List.of();
    }

    /** Returns the surveys that are made here, sorted by path. */
    default List<KeptSurvey> made() {
        return List.of();
    }

    /** Returns the releases of a survey that were served, the newest first; may look into a file. */
    default List<ServedRelease> releases(String path) {
        return List.of();
    }

    /** Returns a number that is another one whenever the health of a copy or of a survey made here is another, or more is known of the bytes of a survey. */
    default long changes() {
        return 0;
    }

    /** Tells whether anybody may tell of news. */
    default boolean listens() {
        return false;
    }

    /**
     * Tells whether somebody may.
     *
     * @param partner name of a credential
     */
    default boolean listensTo(String partner) {
        return false;
    }

    /** Hears of news; tells whether they are of a survey that is copied here, and of which this partner may tell. */
    default boolean hasNews(String partner, Notice notice) {
        return false;
    }

    /** Learns that a survey, or another release of it, has begun to be served. */
    default void published(ServedSurvey survey) {
        // nobody wants to know
    }

    /** Learns that a push has ended. */
    default void received(ReceivedPush push) {
        // nobody wants to know
    }
}
