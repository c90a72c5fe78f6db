package org.hipsnode.mirror.push;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hipsnode.arrival.Arrival;
import org.hipsnode.arrival.Incoming;
import org.hipsnode.check.Finding;
import org.hipsnode.check.Findings;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.SurveyStore;

/** A survey in a folder of this machine, or of a disk that it has mounted. */
public final class FolderTarget implements PushTarget {
    private static final int PIECE = 1 << 20;
    private static final int MOST_NAMES = 10_000;
    private static final int MOST_FINDINGS = 20;

    private final Path folder;
    private final boolean acceptsDefects;
    private Optional<Arrival> arrival = Optional.empty();

    /**
     * Prepares.
     *
     * @param acceptsDefects whether a release with damaged tiles is published
     */
    public FolderTarget(Path folder, boolean acceptsDefects) {
        this.folder = folder;
        this.acceptsDefects = acceptsDefects;
    }

    @Override
    public SurveyStore there() {
        return new FolderStore(folder);
    }

    @Override
    public boolean begin(ReleaseFiles files) throws IOException {
        ManifestRoot root = files.root();
        SurveyPlace.requireSameSurvey(there(), isFilled(), root);
        if (SurveyPlace.has(there(), root)) {
            return false;
        }
        arrival = Optional.of(Arrival.begin(folder, root));
        return true;
    }

    private boolean isFilled() throws IOException {
        if (!Files.exists(folder)) {
            return false;
        }
        try (var entries = Files.list(folder)) {
            return entries.findAny().isPresent();
        }
    }

    private Arrival arrival() {
        return arrival.orElseThrow(() -> new IllegalStateException("the push was not begun"));
    }

    @Override
    public Optional<List<String>> wanted() throws IOException {
        List<String> names = arrival().wanted(MOST_NAMES, () -> false);
        return names.isEmpty() && arrival().isComplete() ? Optional.empty() : Optional.of(names);
    }

    @Override
    public void put(String name, ReleaseFiles files) throws IOException {
        Incoming incoming =
                arrival().take(name).orElseThrow(() -> new IllegalStateException("'" + name + "' was not asked for"));
        Optional<byte[]> own = files.own(name);
        try (incoming) {
            if (own.isPresent()) {
                incoming.write(own.get());
            } else {
                copy(files.file(name), incoming);
            }
            incoming.finish();
        }
    }

    private static void copy(Path file, Incoming to) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                to.write(piece);
            }
        }
    }

    @Override
    public Optional<String> publish() throws IOException {
        Findings findings = arrival().publish(store -> SurveyCheck.check(store, Optional.empty()), acceptsDefects);
        return findings.allowsCopy(acceptsDefects) ? Optional.empty() : Optional.of(damage(findings));
    }

    private static String damage(Findings findings) {
        return findings.all().stream()
                .filter(Finding::isDamage)
                .limit(MOST_FINDINGS)
                .map(Finding::toString)
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws IOException {
        if (arrival.isPresent()) {
            arrival.get().close();
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
