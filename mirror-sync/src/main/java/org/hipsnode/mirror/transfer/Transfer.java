package org.hipsnode.mirror.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.progress.Progress;

/** Fetches many files of one survey at once. */
public final class Transfer implements AutoCloseable {
    private static final int LARGEST = 1 << 28;

    private final Host host;
    private final HttpFiles files;

    public Transfer(Host host) {
        this.host = host;
        this.files = new HttpFiles(host.manners().userAgent());
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
        TransferSummary summary = TransferSummary.NONE;
        try (Progress.Phase phase = progress.begin("fetching", "files", 0)) {
            while (wanted.hasNext()) {
                Arrival arrival = fetch(wanted.next(), landing);
                summary = summary.with(arrival);
                arrivals.accept(arrival);
                phase.add(1, arrival instanceof Arrival.Stored s ? s.record().bytes() : 0);
            }
        }
        return summary;
    }

    private Arrival fetch(WantedFile wanted, Landing landing) throws IOException {
        Optional<byte[]> content;
        try {
            content = files.read(host.survey().file(wanted.name()), LARGEST);
        } catch (IOException e) {
            return new Arrival.Failed(wanted.name(), String.valueOf(e.getMessage()));
        }
        if (content.isEmpty()) {
            return new Arrival.Missing(wanted.name());
        }
        FileRecord record = new FileRecord(content.get().length, Digest.of(content.get()));
        if (wanted.digest().filter(d -> !d.equals(record.digest())).isPresent()) {
            return new Arrival.Failed(
                    wanted.name(), "expected digest " + wanted.digest().get() + ", found " + record.digest());
        }
        Files.write(landing.place(wanted.name()), content.get());
        landing.done(wanted.name(), record);
        return new Arrival.Stored(wanted.name(), record, Validators.NONE);
    }

    @Override
    public void close() {}
}
