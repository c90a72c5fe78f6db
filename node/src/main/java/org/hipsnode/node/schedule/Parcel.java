package org.hipsnode.node.schedule;

import org.hipsnode.io.WebAddress;
import org.hipsnode.node.config.PushPartner;

/**
 * A survey that is to be at another node.
 *
 * @param path at which it lies here and there
 */
record Parcel(PushPartner partner, String path) {
    /** Returns the address that it has there. */
    WebAddress address() {
        return partner.at(path);
    }
}
