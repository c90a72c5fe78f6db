package org.hipsnode.serve.origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.hipsnode.store.SurveyStore;

/** The origin's manifest, object by object; each is proven by its digest, so nothing else is looked at. */
record OriginStore(Fetcher fetcher, Supplier<Path> incoming) implements SurveyStore {

    @Override
    public Optional<byte[]> read(String name, int limit) throws IOException {
        Path file = incoming.get();
        try {
            WantedFile wanted = new WantedFile(name, limit, Duration.ZERO);
            Fetched fetched = fetcher.fetch(wanted, Optional.empty(), file, Hops.NONE);
            return fetched instanceof Fetched.Whole ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
