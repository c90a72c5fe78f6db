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
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.check.Findings;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.config.ConfigException;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.SurveyStore;

/** A survey in a folder of this machine, or of a disk that it has mounted. */
public final class FolderTarget implements PushTarget {
    private static final int PIECE = 1 << 20;
    private static final int MOST_NAMES = 10_000;
    private static final int MOST_FINDINGS = 20;

    private final Path folder;
    private Optional<Arrival> arrival = Optional.empty();

    public FolderTarget(Path folder) {
        this.folder = folder;
    }

    @Override
    public SurveyStore there() {
        return new FolderStore(folder);
    }

    @Override
    public boolean begin(ManifestRoot root) throws IOException {
        requireSameSurvey(root);
        if (new ManifestReader(there())
                .root()
                .filter(r -> r.digest().equals(root.digest()))
                .isPresent()) {
            return false;
        }
        arrival = Optional.of(Arrival.begin(folder, root));
        return true;
    }

    /** A folder with anything else in it is not overwritten. */
    private void requireSameSurvey(ManifestRoot root) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Optional<byte[]> properties = there().read(ReleaseFiles.PROPERTIES, HipsProperties.MAX_BYTES);
        Optional<String> id = properties.isPresent()
                ? HipsProperties.parse(properties.get(), folder.toString()).value("creator_did")
                : Optional.empty();
        if (properties.isEmpty() ? isFilled() : !id.equals(root.head().creatorDid())) {
            throw new ConfigException("'" + folder + "': expected nothing, or the survey "
                    + root.head().creatorDid().orElse("without id") + ", found something else");
        }
    }

    private boolean isFilled() throws IOException {
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
        Findings findings = arrival().publish(store -> SurveyCheck.check(store, Optional.empty()));
        return findings.count(Severity.ERROR) == 0 ? Optional.empty() : Optional.of(errors(findings));
    }

    static String errors(Findings findings) {
        return findings.all().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
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
