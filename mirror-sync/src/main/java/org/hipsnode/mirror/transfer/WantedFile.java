package org.hipsnode.mirror.transfer;

import java.util.Optional;
import java.util.OptionalLong;
import org.hipsnode.manifest.Digest;
import org.hipsnode.store.FileName;

/**
 * A file to fetch.
 *
 * @param name within the survey
 * @param bytes its size, where the source says it
 * @param digest its digest, from the source's manifest
 * @param known what the source said of the version that we have: then only another one is fetched
 */
public record WantedFile(String name, OptionalLong bytes, Optional<Digest> digest, Optional<Validators> known) {
    public WantedFile {
        FileName.require(name);
    }

    /** Wants a file of which nothing but the name is known. */
    public static WantedFile of(String name) {
        return new WantedFile(name, OptionalLong.empty(), Optional.empty(), Optional.empty());
    }
}
