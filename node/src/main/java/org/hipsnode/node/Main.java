package org.hipsnode.node;

import org.hipsnode.node.command.HipsnodeCommand;
import org.hipsnode.node.show.Terminal;

/** The entry of the program. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess();
        int code;
        try {
            code = HipsnodeCommand.execute(terminal, args);
        } catch (OutOfMemoryError e) {
            terminal.messages()
                    .println("hipsnode: out of memory (" + e.getMessage() + "): allow more than "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB by HIPSNODE_MEMORY=1g, or use fewer --workers");
            code = ExitCode.FAILED;
        }
        System.exit(code);
    }
}
