package org.hipsnode.node;

import org.hipsnode.node.command.HipsnodeCommand;
import org.hipsnode.node.show.Terminal;

/** The entry of the program. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(HipsnodeCommand.execute(Terminal.ofProcess(), args));
    }
}
