package org.hipsnode.node.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of commands that serve. */
final class ServeOptions {
    @Option(
            names = "--host",
            description =
                    "Address to listen at; by default 127.0.0.1, which only this machine reaches. 0.0.0.0 for all.")
    Optional<String> host = Optional.empty();

    @Option(names = "--port", description = "Port to listen at; by default 8080, 0 for any free one.")
    Optional<Integer> port = Optional.empty();
}
