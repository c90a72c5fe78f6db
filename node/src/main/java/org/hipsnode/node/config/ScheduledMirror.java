package org.hipsnode.node.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.pull.MirrorPolicy;
import org.hipsnode.mirror.pull.MirrorRequest;
import org.hipsnode.mirror.remote.Endpoint;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.mirror.transfer.Manners;

/**
 * A mirror that a node keeps.
 *
 * @param path beneath the data folder, and of the copy's address
 * @param from address of the survey
 * @param folder of the copy
 * @param part what is copied of it
 * @param keep how many earlier releases are kept; empty if that is left as it is
 * @param maxDelete per cent of the files here that a run may delete
 */
public record ScheduledMirror(
        String path,
        WebAddress from,
        Path folder,
        Times times,
        Selection part,
        Terms terms,
        OptionalInt keep,
        int maxDelete) {

    /**
     * When a mirror runs.
     *
     * @param every how often the source is asked
     * @param hours in which it may run
     * @param staleAfter how long after the source was last found to have nothing else the copy is stale
     */
    public record Times(Duration every, Hours hours, Duration staleAfter) {}

    /**
     * How the source and this node treat each other.
     *
     * @param connections to the source at once
     * @param rate bytes a second at most
     * @param credential file with what is shown to the source; empty if everybody may read there
     * @param notifiedBy name of the credential by which others may tell that the source has something new; empty for nobody
     */
    public record Terms(int connections, Optional<Long> rate, Optional<Path> credential, Optional<String> notifiedBy) {}

    /** Returns the server that is asked, by which mirrors of the same are known. */
    public String host() {
        return Endpoint.of(from.uri()).toString();
    }

    /**
     * Returns what is asked of the mirror's program.
     *
     * @param base public address of this node
     * @param userAgent by which the source's operator can tell us
     */
    public MirrorRequest request(Optional<String> base, String userAgent) {
        Manners manners = Manners.usual(userAgent).withConnections(terms.connections());
        Manners limited = terms.rate().isPresent()
                ? manners.withBytesPerSecond(terms.rate().get())
                : manners;
        return new MirrorRequest(
                Host.of(from, userAgent).with(limited),
                folder,
                part,
                base.map(address -> address + "/" + path),
                new MirrorPolicy(maxDelete, false, false, false));
    }
}
