package org.hipsnode.node.command;

import org.hipsnode.config.ConfigException;
import picocli.CommandLine.Option;

/** How many threads work. */
final class WorkersOption {
    private static final int MAX = 1024;

    @Option(names = "--workers", paramLabel = "N", description = "Threads; by default one for each processor.")
    private int workers = Runtime.getRuntime().availableProcessors();

    int count() throws ConfigException {
        if (workers < 1 || workers > MAX) {
            throw new ConfigException("--workers must be 1 to " + MAX + ", found " + workers);
        }
        return workers;
    }
}
