package org.hipsnode.manifest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;

/**
 * What a shard's file tells, where it is damaged too.
 *
 * @param shard its sound pages
 * @param lost numbers of the pages that cannot be read
 * @param defect what is wrong with the file; empty if nothing is
 */
public record ShardReading(Shard shard, List<Integer> lost, Optional<IOException> defect) {
    public ShardReading {
        lost = List.copyOf(lost);
    }

    /** Reads a shard that should be what its parent says; refuses one whose header is damaged. */
    static ShardReading of(byte[] file, Place place, Branch said, String name) throws IOException {
        ShardHeader header = ShardHeader.parse(file, place, said.digest(), name);
        Shard shard = new Shard(place);
        List<Integer> lost = new ArrayList<>();
        Optional<IOException> defect = Optional.empty();
        for (int page : header.pages()) {
            try {
                shard.put(page, header.page(page, file, name));
            } catch (MalformedDataException e) {
                lost.add(page);
                defect = defect.or(() -> Optional.of(e));
            }
        }
        return new ShardReading(shard, lost, defect.or(() -> defectOfWhole(header, shard, file, said, name)));
    }

    private static Optional<IOException> defectOfWhole(
            ShardHeader header, Shard shard, byte[] file, Branch said, String name) {
        if (file.length != header.fileBytes()) {
            return Optional.of(
                    MalformedDataException.expected(name, header.fileBytes() + " bytes", file.length + " bytes"));
        }
        if (shard.tiles() != said.tiles() || shard.totalBytes() != said.bytes()) {
            return Optional.of(MalformedDataException.expected(
                    name,
                    said.tiles() + " tiles of " + said.bytes() + " bytes in all",
                    shard.tiles() + " of " + shard.totalBytes()));
        }
        return Optional.empty();
    }
}
