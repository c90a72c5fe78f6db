package org.hipsnode.serve.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestLookup;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestNames;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TreeName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One release of a survey: its files, what its manifest says of them, and which tiles it has; for many threads. */
public final class Release {
    private static final Logger LOG = LoggerFactory.getLogger(Release.class);
    private static final int TRIES = 5;
    private static final Map<String, Frame> FRAMES =
            Map.of("C", Frame.EQUATORIAL, "ICRS", Frame.EQUATORIAL, "G", Frame.GALACTIC, "E", Frame.ECLIPTIC);

    private final ReleaseFolder folder;
    private final SurveyProperties properties;
    private final Optional<Moc> coverage;
    private final Optional<ManifestRoot> manifest;
    private final Instant manifestTime;
    private final ManifestLookup tiles;
    private volatile Presence presence = Presence.UNKNOWN;
    private volatile boolean current = true;
    private volatile @Nullable Checkup checkup;

    private Release(ReleaseFolder folder, SurveyProperties properties) throws IOException {
        SurveyStore store = new ReleaseStore(folder);
        this.folder = folder;
        this.properties = properties;
        this.coverage = usableCoverage(store, properties);
        this.manifest = manifest(store);
        this.manifestTime = time(folder, ManifestName.ROOT);
        this.tiles = ManifestLookup.of(store);
    }

    private static Instant time(ReleaseFolder folder, String name) throws IOException {
        Optional<OpenedFile> file = folder.find(name);
        if (file.isEmpty()) {
            return Instant.MIN;
        }
        file.get().channel().close();
        return file.get().lastModified();
    }

    /** Opens what is in a folder now; empty if it has no properties, which is what makes it a survey. */
    static Optional<Release> open(Path path) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            ReleaseFolder folder = ReleaseFolder.open(path);
            try {
                Optional<Release> release = in(folder);
                if (folder.isInPlace()) {
                    return release;
                }
                folder.close(); // another release came while this one was read
            } catch (IOException e) {
                folder.close();
                if (folder.isInPlace()) {
                    throw e;
                }
            }
        }
        throw new IOException("'" + path + "' changes too often to be read");
    }

    private static Optional<Release> in(ReleaseFolder folder) throws IOException {
        SurveyStore store = new ReleaseStore(folder);
        Optional<byte[]> list = store.read("properties", HipsProperties.MAX_BYTES);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        HipsProperties properties = HipsProperties.parse(list.get(), store + "/properties");
        if (properties.keys().isEmpty()) {
            throw new MalformedDataException("'" + store + "/properties': expected keywords, found none");
        }
        return Optional.of(new Release(folder, new SurveyProperties(properties)));
    }

    /** Returns the coverage in the survey's own frame, to the order of its tiles. */
    private static Optional<Moc> usableCoverage(SurveyStore store, SurveyProperties properties) {
        try {
            Optional<byte[]> file = store.read("Moc.fits", MocFits.MAX_BYTES);
            if (file.isEmpty()) {
                return Optional.empty();
            }
            MocFits.Content content = MocFits.read(file.get(), "Moc.fits");
            String said = content.coordsys().orElse("C").toUpperCase(Locale.ROOT);
            boolean sameFrame = Optional.ofNullable(FRAMES.get(said)).equals(properties.frame());
            int order = properties.order().orElse(content.moc().order());
            boolean usable = sameFrame && order >= 0 && order <= HealpixGrid.MAX_ORDER;
            return usable ? Optional.of(content.moc().degraded(order)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // lint tells of a bad MOC; here it only knows nothing
        }
    }

    private static Optional<ManifestRoot> manifest(SurveyStore store) throws IOException {
        try {
            return new ManifestReader(store).root();
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    /** Learns which tiles there are, so that others can be denied without looking. */
    public void learnPresence() throws IOException {
        Presence found = PresenceSurvey.of(folder.path(), coverage);
        if (folder.isInPlace()) {
            presence = found;
        }
        if (coverage.isPresent() && found.coverage().isEmpty()) {
            LOG.warn("Moc.fits hides tiles, so it is not used: survey={}", folder.path());
        }
    }

    /** Tells whether there may be such a tile; false only if that is certain. */
    public boolean mayHave(TileAddress tile) {
        return presence.mayHave(tile);
    }

    /** Opens a file; empty if there is none, or if the release has been replaced and is gone. */
    public Optional<OpenedFile> find(String name) throws IOException {
        return folder.find(name);
    }

    /**
     * Lists a folder: sorted, folders with a slash at their ends; empty if there is no such folder, or this release is gone.
     *
     * @param name relative to the survey's folder, without slashes at the ends; empty for itself
     */
    public Optional<List<String>> list(String name) throws IOException {
        return folder.list(name);
    }

    /** Returns the names of all files that the manifest tells of, and its own; empty if there is none. */
    public Optional<ManifestNames> names() {
        return manifest.map(root -> new ManifestNames(new ManifestReader(new ReleaseStore(folder)), root));
    }

    /**
     * Returns what the manifest says of a file; empty if it says nothing, or something that is not true.
     *
     * @param file the file as it is
     */
    public Optional<FileRecord> record(String name, OpenedFile file) {
        if (manifest.isEmpty() || file.lastModified().isAfter(manifestTime)) {
            return Optional.empty(); // what was written after the manifest is not what it tells of
        }
        Optional<TreeName> tree = TreeName.parse(name);
        Optional<FileRecord> record = tree.isPresent() && tree.get() instanceof TreeName.Tile tile
                ? ofTile(tile)
                : manifest.map(m -> m.files().get(name));
        return record.filter(r -> r.bytes() == file.size());
    }

    private Optional<FileRecord> ofTile(TreeName.Tile tile) {
        try {
            return tiles.find(tile);
        } catch (IOException e) {
            LOG.warn("a manifest cannot be read: survey={} reason={}", folder.path(), e.toString());
            return Optional.empty();
        }
    }

    /** Tells whether the files never change while this release is the current one: it has a manifest that says so. */
    public boolean isSealed() {
        return manifest.isPresent();
    }

    /** Tells whether {@link #checkup} has its result at hand. */
    public boolean isChecked() {
        return checkup != null;
    }

    /** Checks the release when that is first asked for, which reads some of its files. */
    public Checkup checkup() {
        Checkup known = checkup;
        if (known == null) {
            known = Checkup.ofFiles(new ReleaseStore(folder), properties.list());
            checkup = known;
        }
        return known;
    }

    public SurveyProperties properties() {
        return properties;
    }

    /** Tells whether this is the newest release of its survey that the server knows. */
    public boolean isCurrent() {
        return current;
    }

    /** Tells whether the survey's folder still holds this release. */
    boolean isInPlace() throws IOException {
        boolean inPlace = folder.isInPlace();
        if (inPlace && !isSealed()) {
            folder.forgetLinks();
        }
        return inPlace;
    }

    /** Says that another release is about to take the place of this one. */
    void retire() {
        current = false;
    }

    /** Lets go of the folder; files of it that are open stay so. */
    void close() {
        try {
            folder.close();
        } catch (IOException e) {
            LOG.debug("a folder did not close: folder={} reason={}", folder.path(), e.toString());
        }
    }

    @Override
    public String toString() {
        return folder.path().toString();
    }
}
