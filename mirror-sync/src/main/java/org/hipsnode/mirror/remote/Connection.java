package org.hipsnode.mirror.remote;

/** A connection that is open; on its event loop. */
interface Connection {

    /** Tells whether it can carry anything, now or later. */
    boolean isUsable();

    /** Returns how many exchanges it could carry beside those that are under way. */
    int free();

    /** Returns how many exchanges are under way. */
    int busy();

    /** Sends a question. */
    void send(Exchange exchange);

    /** Ends what is too slow. */
    void endSlow(Pace pace);

    void close();
}
