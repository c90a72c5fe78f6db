package org.hipsnode.mirror.transfer;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How a host is treated.
 *
 * @param userAgent by which its operator can tell us, and find us
 * @param connections at most at once
 * @param bytesPerSecond at most
 * @param tries of a file at most
 * @param silence for how long a server may send nothing
 * @param patience for how long a host may be out of reach before all is given up
 * @param longestWait that a server may ask for; if it asks for more, it is asked again after this
 */
public record Manners(
        String userAgent,
        int connections,
        OptionalLong bytesPerSecond,
        int tries,
        Duration silence,
        Duration patience,
        Duration longestWait) {
    static final int MOST_CONNECTIONS = 64;

    public Manners {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "connections: expected 1 to " + MOST_CONNECTIONS + ", found " + connections);
        }
        if (bytesPerSecond.isPresent() && bytesPerSecond.getAsLong() < 1) {
            throw new IllegalArgumentException("bytes per second: expected a positive number, found " + bytesPerSecond);
        }
    }

    /** Returns what no operator complains of. */
    public static Manners usual(String userAgent) {
        return new Manners(
                userAgent,
                8,
                OptionalLong.empty(),
                6,
                Duration.ofSeconds(15),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10));
    }

    public Manners withConnections(int number) {
        return new Manners(userAgent, number, bytesPerSecond, tries, silence, patience, longestWait);
    }

    public Manners withBytesPerSecond(long number) {
        return new Manners(userAgent, connections, OptionalLong.of(number), tries, silence, patience, longestWait);
    }

    public Manners withTries(int number) {
        return new Manners(userAgent, connections, bytesPerSecond, number, silence, patience, longestWait);
    }

    public Manners withSilence(Duration longest) {
        return new Manners(userAgent, connections, bytesPerSecond, tries, longest, patience, longestWait);
    }

    public Manners withPatience(Duration longest) {
        return new Manners(userAgent, connections, bytesPerSecond, tries, silence, longest, longestWait);
    }

    public Manners withLongestWait(Duration longest) {
        return new Manners(userAgent, connections, bytesPerSecond, tries, silence, patience, longest);
    }
}
