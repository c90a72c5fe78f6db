package org.hipsnode.serve.cache;

/** Something that holds memory or a file until the last user drops it. */
public interface Counted {

    /** Takes part in it; false if it is gone already. */
    boolean take();

    /** Ends one use; the last one frees what is held. */
    void drop();

    /** Returns what it weighs in a cache. */
    int weight();
}
