package org.hipsnode.mirror.transfer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipsnode.io.AddressRule;
import org.hipsnode.mirror.remote.Endpoint;

/**
 * Which addresses we go to: those of the public internet, and what the operator named as an address that is not.
 *
 * @param named the server that the operator named
 * @param allowsPrivate whether the operator allows all
 */
record Reach(Endpoint named, boolean allowsPrivate) {

    /** A server may not be asked at the addresses that its name has. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** Returns the addresses of a server that we may go to, one at least. */
    List<InetAddress> addresses(Endpoint server) throws Refused, UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(server.bareHost());
        List<InetAddress> allowed = new ArrayList<>();
        for (InetAddress address : all) {
            if (mayAsk(server, address)) {
                allowed.add(address);
            }
        }
        if (allowed.isEmpty()) {
            throw new Refused("'" + server
                    + "': expected an address of the public internet, or leave to go to private ones, found "
                    + Arrays.stream(all).map(InetAddress::getHostAddress).toList());
        }
        return allowed;
    }

    boolean mayAsk(Endpoint server, InetAddress address) {
        return allowsPrivate || AddressRule.isPublic(address) || (server.equals(named) && isNamedAsAddress());
    }

    /** A name of the internet that means a private address is nobody's wish; an address is. */
    private boolean isNamedAsAddress() {
        String host = named.bareHost();
        return host.equals("localhost") || host.contains(":") || host.matches("[0-9.]+");
    }
}
