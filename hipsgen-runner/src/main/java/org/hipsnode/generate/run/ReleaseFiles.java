package org.hipsnode.generate.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.generate.engine.Workplace;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.ManifestWriter;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderStore;
import org.hipsnode.tile.TileAddress;

/** The files of a release on their way into it: each enters the manifest as it is written, so that nothing is read back. */
final class ReleaseFiles implements Workplace.Release {
    private final FolderPublication publication;
    private final ManifestWriter manifest;

    ReleaseFiles(FolderPublication publication) {
        this.publication = publication;
        this.manifest = new ManifestWriter(publication::write);
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        publication.write(name, content);
        manifest.add(name, content);
    }

    @Override
    public void complete(TileAddress cell) throws IOException {
        manifest.sealBelow(cell);
    }

    /**
     * Writes the manifest, after all else.
     *
     * @param folder of the survey, where the release before may be
     */
    void writeManifest(Path folder, HipsProperties list) throws IOException {
        ManifestRoot root =
                manifest.finish(list.value("creator_did"), list.value("hips_release_date"), previous(folder));
        publication.write(ManifestName.ROOT, root.toBytes());
    }

    private static Optional<ManifestRoot> previous(Path folder) throws IOException {
        try {
            return new ManifestReader(new FolderStore(folder)).root();
        } catch (MalformedDataException e) {
            return Optional.empty(); // it goes with its release, and generations start anew
        }
    }
}
