package org.hipsnode.manifest;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.store.SurveyStore;

/** Reads the manifest of a survey, object by object; nothing is believed that its digest does not prove. */
public final class ManifestReader {
    private final SurveyStore store;

    public ManifestReader(SurveyStore store) {
        this.store = store;
    }

    /**
     * Returns the root; empty if the survey has no manifest.
     *
     * @throws MalformedDataException if it is damaged, or not one that this program understands
     */
    public Optional<ManifestRoot> root() throws IOException {
        Optional<byte[]> file = store.read(ManifestName.ROOT, ManifestRoot.MAX_BYTES);
        return file.isPresent() ? Optional.of(ManifestRoot.read(file.get(), ManifestName.ROOT)) : Optional.empty();
    }

    /** Returns the node at a place. */
    public Node node(Place place, Branch said) throws IOException {
        String name = place.objectName(said.digest());
        return Node.parse(read(name, Node.MAX_BYTES), place, said, name);
    }

    /** Returns the shard at a place. */
    public ShardReading shard(Place place, Branch said) throws IOException {
        String name = place.objectName(said.digest());
        return ShardReading.of(read(name, Shard.MAX_BYTES), place, said, name);
    }

    /** Returns the shard at a place, refusing one that is damaged anywhere. */
    public Shard wholeShard(Place place, Branch said) throws IOException {
        ShardReading reading = shard(place, said);
        if (reading.defect().isPresent()) {
            throw reading.defect().get();
        }
        return reading.shard();
    }

    private byte[] read(String name, int limit) throws IOException {
        return store.read(name, limit).orElseThrow(() -> new MalformedDataException("'" + name + "': missing"));
    }
}
