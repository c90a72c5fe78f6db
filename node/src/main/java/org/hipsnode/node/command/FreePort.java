package org.hipsnode.node.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Looks for a port that nobody listens at. */
final class FreePort {
    private FreePort() {}

    /** Returns the first free port of some, or 0, which lets the system choose. */
    static int from(int first, int count) {
        for (int port = first; port < first + count; port++) {
            if (isFree(port)) {
                return port;
            }
        }
        return 0;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
