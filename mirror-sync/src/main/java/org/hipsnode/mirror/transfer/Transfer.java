package org.hipsnode.mirror.transfer;

import java.io.IOException;
import java.util.Iterator;
import java.util.function.Consumer;
import org.hipsnode.progress.Progress;

/** Fetches many files of one survey at once. */
public final class Transfer implements AutoCloseable {
    private final Host host;
    private final Servers servers;
    private final Load load;

    public Transfer(Host host) throws IOException {
        this.host = host;
        this.servers = new Servers(host);
        this.load = new Load(host.manners().connections());
    }

    /**
     * Fetches files, and returns when the last has arrived or was given up.
     *
     * @param arrivals is told of each, in any sequence, on the calling thread
     * @throws IOException if files cannot be written here, or a landing or an arrival cannot be taken
     * @throws java.util.concurrent.CancellationException if the progress was cancelled
     */
    public TransferSummary fetch(
            Iterator<WantedFile> wanted, Landing landing, Consumer<Arrival> arrivals, Progress progress)
            throws IOException, InterruptedException {
        try (Progress.Phase phase = progress.begin("fetching", "files", 0)) {
            return new Round(host, servers, load, landing, arrivals).run(wanted, phase);
        }
    }

    @Override
    public void close() {
        servers.close();
    }
}
