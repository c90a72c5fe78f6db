package org.hipsnode.generate.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.hipsnode.generate.engine.Workplace;
import org.hipsnode.generate.plan.Upkeep;
import org.hipsnode.generate.write.TileWriter.Kept;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestLookup;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.ManifestWriter;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderPublication.Written;
import org.hipsnode.store.FolderStore;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/**
 * The files of a release on their way into it: each enters the manifest as it is written, so that nothing is read back.
 *
 * <p>Tiles that need not be made again come from the stopped run that this one goes on with, or from the release before. Each is
 * read and proven by its digest first.
 */
final class ReleaseFiles implements Workplace.Release {
    /** No tile in use comes near it; a file beyond is made again. */
    private static final int MOST_BYTES = 1 << 29;

    private final FolderPublication publication;
    private final FolderStore staged;
    private final FolderStore before;
    private final Upkeep upkeep;
    private final ManifestLookup known;
    private final ManifestWriter manifest;
    private final LongAdder bytes = new LongAdder();
    private final LongAdder kept = new LongAdder();

    /**
     * Prepares for a release.
     *
     * @param folder of the survey, where the release before may be
     * @param upkeep what of that can be kept
     */
    ReleaseFiles(FolderPublication publication, Path folder, Upkeep upkeep) throws IOException {
        this.publication = publication;
        this.staged = new FolderStore(publication.staged());
        this.before = new FolderStore(folder);
        this.upkeep = upkeep;
        this.known = ManifestLookup.of(before);
        this.manifest = new ManifestWriter(publication::write);
    }

    @Override
    public Kept keep(TreeName.Tile tile, boolean samePixels) throws IOException {
        String name = tile.toString();
        Optional<FileRecord> finished = finished(name);
        if (finished.isPresent()) {
            if (isRight(staged, name, finished.get())) {
                return taken(tile, finished.get());
            }
            publication.remove(name); // it lost its bytes in a power cut, say
        }
        Optional<FileRecord> published = upkeep.keeps(tile, samePixels) ? known.find(tile) : Optional.empty();
        if (published.isEmpty() || !isRight(before, name, published.get())) {
            return Kept.NO;
        }
        publication.takeOver(name);
        note(name, published.get());
        return taken(tile, published.get());
    }

    private Optional<FileRecord> finished(String name) {
        return publication.written(name).map(w -> new FileRecord(w.bytes(), new Digest(w.high(), w.low())));
    }

    /** Returns the file of a tile that need not be made again, whatever its pixels turn out to be; empty if it is to be made. */
    Optional<byte[]> made(TreeName.Tile tile) throws IOException {
        String name = tile.toString();
        Optional<FileRecord> finished = finished(name);
        if (finished.isPresent()) {
            return proven(staged, name, finished.get());
        }
        Optional<FileRecord> published = upkeep.keeps(tile, false) ? known.find(tile) : Optional.empty();
        return published.isPresent() ? proven(before, name, published.get()) : Optional.empty();
    }

    private static boolean isRight(FolderStore store, String name, FileRecord said) throws IOException {
        return proven(store, name, said).isPresent();
    }

    /** Returns a file if it is what it is said to be. */
    private static Optional<byte[]> proven(FolderStore store, String name, FileRecord said) throws IOException {
        if (said.bytes() > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            return store.read(name, MOST_BYTES)
                    .filter(content ->
                            content.length == said.bytes() && Digest.of(content).equals(said.digest()));
        } catch (org.hipsnode.io.TooLargeException e) {
            return Optional.empty();
        }
    }

    private Kept taken(TreeName.Tile tile, FileRecord record) throws IOException {
        manifest.add(tile.toString(), record);
        kept.increment();
        bytes.add(record.bytes());
        return isAsBefore(tile, record) ? Kept.AS_BEFORE : Kept.YES;
    }

    private boolean isAsBefore(TreeName.Tile tile, FileRecord record) throws IOException {
        return tile.format() == TileFormat.FITS && known.find(tile).equals(Optional.of(record));
    }

    @Override
    public boolean write(TreeName.Tile tile, byte[]... content) throws IOException {
        FileRecord record = writeFile(tile.toString(), content);
        note(tile.toString(), record);
        return isAsBefore(tile, record);
    }

    private void note(String name, FileRecord record) throws IOException {
        publication.note(
                name,
                new Written(
                        record.bytes(), record.digest().high(), record.digest().low()));
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        writeFile(name, content);
    }

    private FileRecord writeFile(String name, byte[]... content) throws IOException {
        publication.write(name, content);
        long length = 0;
        for (byte[] piece : content) {
            length += piece.length;
        }
        FileRecord record = new FileRecord(length, Digest.of(content));
        manifest.add(name, record);
        bytes.add(length);
        return record;
    }

    @Override
    public void complete(TileAddress cell) throws IOException {
        manifest.sealBelow(cell);
    }

    @Override
    public long bytesSinceAsked() {
        return bytes.sumThenReset();
    }

    /** Returns how many tiles need not be made again. */
    long kept() {
        return kept.sum();
    }

    /** Writes the manifest, after all else, and returns its root. */
    ManifestRoot writeManifest(HipsProperties list) throws IOException {
        ManifestRoot root = manifest.finish(list.value("creator_did"), list.value("hips_release_date"), previous());
        publication.write(ManifestName.ROOT, root.toBytes());
        return root;
    }

    private Optional<ManifestRoot> previous() throws IOException {
        try {
            return new ManifestReader(before).root();
        } catch (MalformedDataException e) {
            return Optional.empty(); // it goes with its release, and generations start anew
        }
    }
}
