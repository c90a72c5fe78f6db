package org.hipsnode.serve.access;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps to the file of credentials while it changes.
 *
 * <p>A list that cannot be read, as while an editor writes it, leaves the one before in force; a file that was taken away
 * leaves nobody.
 */
public final class CredentialWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialWatch.class);

    private final Optional<CredentialFile> file;
    private volatile Gate gate;

    /** Read and written by one thread at a time. */
    private String text;

    private CredentialWatch(Optional<CredentialFile> file, String text, CredentialList list) {
        this.file = file;
        this.text = text;
        this.gate = new Gate(list);
    }

    /** Reads the list for the first time: now a wrong one is refused. */
    public static CredentialWatch of(AccessSettings settings) throws IOException {
        if (settings.credentials().isEmpty()) {
            return new CredentialWatch(Optional.empty(), "", CredentialList.EMPTY);
        }
        CredentialFile file = new CredentialFile(settings.credentials().get());
        String text = firstText(file, settings.credentials().get());
        file.warning().ifPresent(LOG::warn);
        return new CredentialWatch(Optional.of(file), text, file.parse(text));
    }

    private static String firstText(CredentialFile file, Path path) throws IOException {
        try {
            return file.text();
        } catch (NoSuchFileException e) {
            throw new ConfigException("server.credentials: expected the file '" + path
                    + "', found nothing; 'hipsnode credential add NAME --file FILE' makes it");
        }
    }

    /** Returns what decides now. */
    public Gate gate() {
        return gate;
    }

    /** Looks whether the list is another, and takes it if so. */
    public synchronized void look() {
        if (file.isEmpty()) {
            return;
        }
        try {
            String found = textOf(file.get());
            if (!found.equals(text)) {
                text = found;
                take(file.get().parse(found));
                file.get().warning().ifPresent(LOG::warn);
            }
        } catch (IOException e) {
            LOG.warn("the credentials stay as they were: reason={}", e.getMessage());
        }
    }

    private static String textOf(CredentialFile file) throws IOException {
        try {
            return file.text();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private void take(CredentialList list) {
        gate = gate.with(list);
        LOG.info("the credentials have changed: count={}", list.size());
    }
}
