package org.hipsnode.mirror.transfer;

import java.util.Optional;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.remote.Authorization;

/**
 * A survey on a far server, and how we come there.
 *
 * @param survey its address
 * @param authorization sent to this host only, never after a redirect to another
 * @param allowsPrivate whether redirects may lead to addresses that are not of the public internet
 * @param total what may come from this and other hosts together, besides what {@link Manners#bytesPerSecond} says of each
 */
public record Host(
        WebAddress survey,
        Manners manners,
        Optional<Authorization> authorization,
        boolean allowsPrivate,
        Optional<RateLimit> total) {

    /** Returns a host that everybody may read, treated as no operator complains of. */
    public static Host of(WebAddress survey, String userAgent) {
        return new Host(survey, Manners.usual(userAgent), Optional.empty(), false, Optional.empty());
    }

    public Host with(Manners other) {
        return new Host(survey, other, authorization, allowsPrivate, total);
    }

    public Host with(Authorization ours) {
        return new Host(survey, manners, Optional.of(ours), allowsPrivate, total);
    }

    /** Returns the host with redirects to anywhere allowed. */
    public Host allowingPrivate() {
        return new Host(survey, manners, authorization, true, total);
    }

    /** Returns the host with a limit that others share, beside its own. */
    public Host within(RateLimit shared) {
        return new Host(survey, manners, authorization, allowsPrivate, Optional.of(shared));
    }
}
