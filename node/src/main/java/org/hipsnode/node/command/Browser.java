package org.hipsnode.node.command;

import java.io.IOException;

/** The user's web browser, where there is a desktop to show it on. */
final class Browser {
    private Browser() {}

    /** Opens an address; where that cannot be, nothing happens, since the address is printed too. */
    static void open(String address) {
        boolean desktop = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
        if (!desktop) {
            return;
        }
        try {
            new ProcessBuilder("xdg-open", address)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return; // no such command
        }
    }
}
