package org.hipsnode.node.command;

import picocli.CommandLine.Option;

/** The flags that every command has. */
final class CommonOptions {
    @Option(names = "--json", description = "Print results as one JSON object to a line.")
    boolean json;

    @Option(names = "--quiet", description = "No progress, no notes: only results and errors.")
    boolean quiet;
}
