package org.hipsnode.mirror.remote;

/** Decides whether a connection reads on. */
@FunctionalInterface
public interface Throttle {
    Throttle NONE = bytes -> 0;

    /** Counts bytes that came, and returns for how many nanoseconds to read no more. */
    long pauseAfter(int bytes);
}
