package org.hipsnode.node.command;

import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.mirror.transfer.Manners;
import picocli.CommandLine.Option;

/** How a far server is treated. */
final class MannersOptions {
    private static final int MOST_CONNECTIONS = 64;

    @Option(names = "--connections", paramLabel = "N", description = "At most at once; by default 8.")
    private int connections = 8;

    @Option(
            names = "--limit-rate",
            paramLabel = "BYTES",
            description = "The most bytes a second, such as 5000000; by default no limit.")
    private long limit;

    @Option(
            names = "--contact",
            paramLabel = "TEXT",
            description = "Who runs this mirror, for the operator of the far server: an address of mail or a page.")
    private Optional<String> contact = Optional.empty();

    Manners manners() throws ConfigException {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new ConfigException("--connections: expected 1 to " + MOST_CONNECTIONS + ", found " + connections);
        }
        if (limit < 0) {
            throw new ConfigException("--limit-rate: expected a number of bytes, found " + limit);
        }
        if (contact.filter(c -> !c.matches("[ -~]{1,200}")).isPresent()) {
            throw new ConfigException("--contact: expected a line of ASCII characters");
        }
        Manners manners = Manners.usual(
                        Version.NAME + " (mirror" + contact.map(c -> "; " + c).orElse("") + ")")
                .withConnections(connections);
        return limit > 0 ? manners.withBytesPerSecond(limit) : manners;
    }
}
