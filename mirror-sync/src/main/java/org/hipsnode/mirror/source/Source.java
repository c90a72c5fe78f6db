package org.hipsnode.mirror.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hipsnode.check.Finding;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.TooLargeException;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.mirror.remote.ForbiddenException;
import org.hipsnode.mirror.remote.RemoteFile;
import org.hipsnode.mirror.remote.RemoteStore;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.Permission;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.store.SurveyStore;

/** A release of a far survey, as it was when it was opened. */
public final class Source {
    private static final int READINGS = 3;
    private static final String PROPERTIES = "properties";

    private final RemoteStore store;
    private final HipsProperties properties;
    private final Optional<ManifestRoot> manifest;
    private final ReleaseMark mark;
    private final Optional<DamagedRoot> damage;

    private Source(
            RemoteStore store,
            HipsProperties properties,
            Optional<ManifestRoot> manifest,
            ReleaseMark mark,
            Optional<DamagedRoot> damage) {
        this.store = store;
        this.properties = properties;
        this.manifest = manifest;
        this.mark = mark;
        this.damage = damage;
    }

    /**
     * Opens a survey, if it may be copied.
     *
     * @throws ConfigException if there is none, or its owner does not allow it
     */
    public static Source open(RemoteStore store) throws IOException {
        for (int i = 1; i < READINGS; i++) {
            Optional<Source> source = read(store);
            if (source.isPresent()) {
                return source.get();
            }
        }
        return read(store)
                .orElseThrow(() -> new IOException("'" + store
                        + "': expected the properties that its manifest tells of, found others: if it does not pass, its "
                        + "operator should make the manifest anew"));
    }

    /** Empty if the properties are not those of the manifest: then a release has come between the two requests, or one is damaged. */
    private static Optional<Source> read(RemoteStore store) throws IOException {
        RootFile root = RootFile.read(store);
        RemoteFile list = store.readIfChanged(PROPERTIES, Optional.empty(), HipsProperties.MAX_BYTES);
        byte[] content = list.content()
                .orElseThrow(() -> new ConfigException("'" + store
                        + "': expected a survey, found no properties there; is it the survey's own address?"));
        Optional<ManifestRoot> manifest = root.manifest();
        if (manifest.isPresent() && !isOf(manifest.get(), content)) {
            return Optional.empty();
        }
        HipsProperties properties = HipsProperties.parse(content, PROPERTIES);
        requirePermission(store, properties);
        requireKnown(store, properties, manifest.isPresent());
        ReleaseMark mark = manifest.isPresent()
                ? ReleaseMark.ofManifest(manifest.get(), root.etag())
                : ReleaseMark.ofProperties(properties, list.etag());
        return Optional.of(new Source(store, properties, manifest, mark, root.damage()));
    }

    private static boolean isOf(ManifestRoot manifest, byte[] properties) {
        FileRecord told = manifest.files().get(PROPERTIES);
        return told == null || told.digest().equals(Digest.of(properties));
    }

    private static void requirePermission(RemoteStore store, HipsProperties properties) throws ConfigException {
        Optional<String> refusal = Permission.refusal(properties);
        if (refusal.isPresent()) {
            throw new ConfigException("'" + store + "' must not be mirrored: " + refusal.get());
        }
    }

    private static void requireKnown(RemoteStore store, HipsProperties properties, boolean hasManifest)
            throws ConfigException {
        SurveyProperties survey = new SurveyProperties(properties);
        if (hasManifest) {
            return;
        }
        if (survey.order().isEmpty() || survey.formats().isEmpty()) {
            throw new ConfigException("'" + store
                    + "': expected properties with hips_order and hips_tile_format, found '"
                    + properties.value("hips_order").orElse("") + "' and '"
                    + properties.value("hips_tile_format").orElse("") + "': which tiles there are cannot be known");
        }
        if (properties.value("hips_order_axis2").isPresent()) {
            throw new ConfigException("'" + store
                    + "' is a HiPS 3D cube: it can be mirrored only from a server that has a manifest of it");
        }
    }

    /** Tells whether a survey is still at a release that was read before: one request. */
    public static boolean isStillAt(RemoteStore store, ReleaseMark known) throws IOException {
        try {
            RemoteFile file = store.readIfChanged(known.file(), known.etag(), RootFile.MOST_BYTES);
            return file.kind() == RemoteFile.Kind.UNCHANGED
                    || (file.content().isPresent() && known.isOf(file.content().get()));
        } catch (ForbiddenException | TooLargeException e) {
            return false; // it may be read in another way
        }
    }

    public boolean isStillThere() throws IOException {
        return isStillAt(store, mark);
    }

    /** Returns what is wrong with the source itself. */
    public List<Finding> findings() {
        return damage.map(DamagedRoot::finding).stream().toList();
    }

    /** Returns the root of a manifest that is there and cannot be read. */
    public Optional<DamagedRoot> damage() {
        return damage;
    }

    /** Returns the survey's address. */
    public RemoteStore store() {
        return store;
    }

    public SurveyProperties survey() {
        return new SurveyProperties(properties);
    }

    public HipsProperties properties() {
        return properties;
    }

    public Optional<ManifestRoot> manifest() {
        return manifest;
    }

    /** Returns by what this release is known again. */
    public ReleaseMark mark() {
        return mark;
    }

    /** Returns the objects of the manifest; those read last are not fetched again. */
    public SurveyStore objects() {
        return manifest.map(root -> (SurveyStore) new CachedObjects(store, root))
                .orElse(store);
    }
}
