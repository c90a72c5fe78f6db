package org.hipsnode.mirror.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import org.hipsnode.io.Digests;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.remote.UnreadException;
import org.hipsnode.mirror.transfer.Backoff;
import org.hipsnode.mirror.transfer.RetryAfter;
import org.hipsnode.progress.Progress;
import org.hipsnode.survey.Download;

/** Files from afar that are here and stay here until this is closed. */
public final class SourceFetch implements AutoCloseable {
    /** Tries in succession that bring nothing. */
    private static final int TRIES = 5;

    private static final Backoff USUAL =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(10));
    private static final int LOOK_MILLIS = 200;

    private final SourceCache cache;
    private final HttpFiles files;
    private final Progress progress;
    private final Backoff backoff;
    private final Set<Path> required = new HashSet<>();

    /** The folders that are locked, each by the entry that came first. */
    private final Map<Path, CacheEntry> used = new HashMap<>();

    /** Prepares to fetch. */
    public SourceFetch(SourceCache cache, HttpFiles files, Progress progress) {
        this(cache, files, progress, USUAL);
    }

    SourceFetch(SourceCache cache, HttpFiles files, Progress progress, Backoff backoff) {
        this.cache = cache;
        this.files = files;
        this.progress = progress;
        this.backoff = backoff;
    }

    /**
     * Sees to it that a file is here, and that it is the one that is pinned, if one is; else pins it.
     *
     * @param online whether it may be fetched
     */
    public void require(Download download, PinFile pins, boolean online) throws IOException {
        Path place = download.place();
        if (!required.add(place)) {
            return; // for another channel
        }
        CacheEntry entry = take(place);
        Optional<Pin> wanted = pins.pin(download.addresses());
        Optional<Pin> here = entry.content();
        if (here.isPresent() && (wanted.isEmpty() || wanted.equals(here))) {
            pin(download, here.get(), wanted, pins);
            return;
        }
        if (!online) {
            throw new IOException("'" + download.addresses().get(0) + "': expected "
                    + wanted.map(Pin::toString).orElse("it") + " in the cache '" + cache.folder() + "', found "
                    + here.map(Pin::toString).orElse("none") + "; fetch it without --offline");
        }
        entry.remove();
        fetch(download, wanted, pins.file());
        pin(download, entry.remember(), wanted, pins);
    }

    private CacheEntry take(Path place) throws IOException {
        Path folder = folder(place);
        CacheEntry first = used.get(folder);
        if (first != null) {
            return first.beside(place);
        }
        CacheEntry entry = CacheEntry.take(place);
        used.put(folder, entry);
        return entry;
    }

    private static Path folder(Path place) {
        return place.resolveSibling(".").normalize();
    }

    private static void pin(Download download, Pin found, Optional<Pin> wanted, PinFile pins) throws IOException {
        if (wanted.isEmpty()) {
            pins.add(download.addresses(), found);
        }
    }

    private void fetch(Download download, Optional<Pin> wanted, Path lock) throws IOException {
        IOException last = null;
        for (WebAddress address : download.addresses()) {
            try {
                fetch(address, download.place(), wanted, lock);
                return;
            } catch (DifferentException | UnreadException e) {
                if (last != null) {
                    e.addSuppressed(last);
                }
                last = e;
            }
        }
        throw last == null ? new IOException("'" + download.place() + "': expected an address, found none") : last;
    }

    private void fetch(WebAddress address, Path place, Optional<Pin> wanted, Path lock) throws IOException {
        PartialFile.Room room = bytes -> {
            if (wanted.isPresent() && bytes != wanted.get().bytes()) {
                throw wanted.get().different(address.toString(), bytes + " bytes", lock);
            }
            cache.makeRoom(address.toString(), bytes, folder(place), used.keySet());
        };
        try (PartialFile part = new PartialFile(place, room, progress)) {
            boolean resumed = receive(address, part, wanted);
            Pin found = found(part);
            if (resumed && wanted.isPresent() && !wanted.get().equals(found)) {
                part.restart(); // the piece from before may be what is wrong
                receive(address, part, wanted);
                found = found(part);
            }
            if (wanted.isPresent() && !wanted.get().equals(found)) {
                part.restart();
                throw wanted.get().different(address.toString(), found, lock);
            }
            part.finish(place);
        }
    }

    private static Pin found(PartialFile part) throws IOException {
        return new Pin(Digests.sha256(part.file()), Files.size(part.file()));
    }

    /** Receives a file to its end; tells whether some of it was there already. */
    private boolean receive(WebAddress address, PartialFile part, Optional<Pin> wanted) throws IOException {
        boolean resumed = false;
        int fruitless = 0;
        long most = part.length();
        while (true) {
            Optional<String> validator = part.validatorAt(address.toString());
            if (validator.isEmpty() && wanted.isEmpty()) {
                part.restart(); // what is there might be of another version
            }
            long before = part.length();
            if (wanted.isPresent() && before == wanted.get().bytes()) {
                return true;
            }
            resumed |= before > 0;
            try {
                files.readRest(address, before, validator, part);
                requireWhole(address, part);
                return resumed;
            } catch (UnreadException e) {
                fruitless = part.length() > most ? 1 : fruitless + 1;
                most = Math.max(most, part.length());
                if (isBeyond(e) && before > 0 && fruitless < TRIES) {
                    part.restart();
                } else if (!e.isPassing() || fruitless == TRIES) {
                    throw e;
                }
                pause(fruitless, e);
            }
        }
    }

    /** The server has less than we have: another version. */
    private static boolean isBeyond(UnreadException e) {
        return e.status() == UnreadException.RANGE_NOT_SATISFIABLE;
    }

    private static void requireWhole(WebAddress address, PartialFile part) throws IOException {
        if (part.size().isPresent() && part.size().getAsLong() != part.length()) {
            throw UnreadException.passing(
                    "'" + address + "': expected " + part.size().getAsLong() + " bytes, found " + part.length());
        }
    }

    private void pause(int fruitless, UnreadException e) throws IOException {
        Optional<Duration> asked = e.retryAfter().flatMap(text -> RetryAfter.parse(text, Instant.now()));
        long end = System.nanoTime()
                + backoff.pause(fruitless, asked, ThreadLocalRandom.current().nextDouble())
                        .toNanos();
        while (System.nanoTime() < end) {
            if (progress.isCancelled()) {
                throw new CancellationException("cancelled");
            }
            try {
                Thread.sleep(Math.min(LOOK_MILLIS, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for a server", interrupted);
            }
        }
    }

    /** Lets others throw the files away. */
    @Override
    public void close() throws IOException {
        for (CacheEntry entry : used.values()) {
            entry.close();
        }
    }
}
