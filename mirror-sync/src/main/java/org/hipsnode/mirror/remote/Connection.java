package org.hipsnode.mirror.remote;

/** A connection to a server, for one exchange at a time or for many; on its event loop. */
interface Connection {

    /** Tells whether it may take exchanges, now or later. */
    boolean isUsable();

    /** Returns how many exchanges it can take now. */
    int free();

    /** Returns how many exchanges it has. */
    int busy();

    /** Asks; only if it is free. */
    void send(Exchange exchange);

    /** Ends the exchanges for which the server is too slow. */
    void endSlow(Pace pace);

    /** Ends all. */
    void close();
}
