package org.hipsnode.node.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.pull.MirrorPolicy;
import org.hipsnode.mirror.pull.MirrorRequest;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.mirror.transfer.Manners;

/**
 * A mirror that a node keeps.
 *
 * @param path beneath the data folder, and of the copy's address
 * @param from address of the survey
 * @param folder of the copy
 * @param every how often the source is asked
 * @param part what is copied of it
 * @param connections to the source at once
 * @param rate bytes a second at most
 * @param maxDelete per cent of the files here that a run may delete
 */
public record ScheduledMirror(
        String path,
        WebAddress from,
        Path folder,
        Duration every,
        Selection part,
        int connections,
        Optional<Long> rate,
        int maxDelete) {

    /**
     * Returns what is asked of the mirror's program.
     *
     * @param base public address of this node
     * @param userAgent by which the source's operator can tell us
     */
    public MirrorRequest request(Optional<String> base, String userAgent) {
        Manners manners = Manners.usual(userAgent).withConnections(connections);
        Manners limited = rate.isPresent() ? manners.withBytesPerSecond(rate.get()) : manners;
        return new MirrorRequest(
                Host.of(from, userAgent).with(limited),
                folder,
                part,
                base.map(address -> address + "/" + path),
                new MirrorPolicy(maxDelete, false, false, false));
    }
}
