package org.hipsnode.node.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.WebAddress;

/**
 * How the bytes of a node's surveys are read again and compared with their manifests.
 *
 * @param every how often each byte; empty for never
 * @param ofMirrors how often those of some mirrors, by their paths
 * @param rate bytes a second that are read at most, of all surveys together; empty if nothing is said
 * @param repairFrom addresses of good copies of surveys that are no mirrors, by the paths of those
 */
public record Verifying(
        Optional<Duration> every,
        Map<String, Duration> ofMirrors,
        Optional<Long> rate,
        Map<String, WebAddress> repairFrom) {
    public static final Verifying NONE = new Verifying(Optional.empty(), Map.of(), Optional.empty(), Map.of());

    /** Disks give more, and visitors want some of it. */
    public static final long USUAL_RATE = 20_000_000;

    public Verifying {
        ofMirrors = Map.copyOf(ofMirrors);
        repairFrom = Map.copyOf(repairFrom);
    }

    /** Returns how often the bytes of a survey are read again; empty for never. */
    public Optional<Duration> every(String path) {
        return Optional.ofNullable(ofMirrors.get(path)).or(() -> every);
    }

    /** Tells whether any survey is verified again and again. */
    public boolean isWanted() {
        return every.isPresent() || !ofMirrors.isEmpty();
    }
}
