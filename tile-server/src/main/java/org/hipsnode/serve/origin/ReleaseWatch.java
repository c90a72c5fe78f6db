package org.hipsnode.serve.origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.ManifestLookup;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.Permission;
import org.hipsnode.properties.SurveyProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which release of a remote survey is served: the origin's, as of a few minutes ago.
 *
 * <p>Another release has a folder of its own, so that no file of it is ever beside one of the release before. Its list and its
 * coverage are there before anybody is told of it. Where the origin does not answer the release before stays.
 */
final class ReleaseWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseWatch.class);
    private static final Duration AGAIN = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final WebAddress origin;
    private final Fetcher fetcher;
    private final CacheFolder folder;
    private final Optional<String> here;
    private final Clock clock;
    private volatile Optional<Adopted> current = Optional.empty();
    private volatile String whyNot = "this survey's origin has not answered yet";
    private volatile boolean forbidden;
    private volatile Instant due = Instant.MIN;

    ReleaseWatch(WebAddress origin, Fetcher fetcher, CacheFolder folder, Optional<String> here, Clock clock)
            throws IOException {
        this.origin = origin;
        this.fetcher = fetcher;
        this.folder = folder;
        this.here = here;
        this.clock = clock;
        this.current = kept();
    }

    /** Returns the release of the last run, which can be served before the origin answers, or if it never does. */
    private Optional<Adopted> kept() throws IOException {
        Optional<Path> release = folder.current().map(folder::release);
        if (release.isEmpty() || !Files.exists(release.get().resolve(Adopted.ORIGINAL))) {
            return Optional.empty();
        }
        byte[] text = Files.readAllBytes(release.get().resolve(Adopted.ORIGINAL));
        HipsProperties list = HipsProperties.parse(text, "properties");
        return Permission.refusal(list).isPresent()
                ? Optional.empty()
                : Optional.of(served(list, release.get(), Optional.empty()));
    }

    Optional<Adopted> current() {
        return current;
    }

    /** Tells whether the origin was read, and does not allow it to be served. */
    boolean isForbidden() {
        return forbidden;
    }

    /** Tells why there is none. */
    String whyNot() {
        return whyNot;
    }

    boolean isDue() {
        return !clock.instant().isBefore(due);
    }

    /** Asks the origin at the next look, since something of it is not as it was. */
    void doubt() {
        due = Instant.MIN;
    }

    /** Does not ask the origin again at once, since it did not help. */
    void postpone() {
        due = clock.instant().plus(AGAIN);
    }

    /** Asks the origin which release it has; tells whether another is served now. */
    boolean refresh() throws IOException {
        Path file = folder.incoming();
        try {
            Fetched fetched = fetcher.fetch(WantedFile.PROPERTIES, Optional.empty(), file, Hops.NONE);
            if (!(fetched instanceof Fetched.Whole whole)) {
                throw new FetchException(
                        FetchException.Kind.REFUSED, "'" + origin + "': expected a survey, found no properties");
            }
            boolean another = take(HipsProperties.parse(Files.readAllBytes(file), "properties"));
            Duration fresh = whole.note().fresh();
            due = clock.instant().plus(fresh.compareTo(LONGEST) > 0 ? LONGEST : fresh);
            return another;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private boolean take(HipsProperties list) throws IOException {
        Optional<String> refusal = Permission.refusal(list);
        forbidden = refusal.isPresent();
        if (forbidden) {
            current = Optional.empty();
            whyNot = "this survey may not be served from here";
            throw new FetchException(FetchException.Kind.REFUSED, "'" + origin + "': " + refusal.get());
        }
        if (list.value("creator_did").isEmpty() && list.value("hips_order").isEmpty()) {
            throw new FetchException(
                    FetchException.Kind.WRONG_CONTENT,
                    "'" + origin + "': expected a survey's properties, found others");
        }
        String key = Adopted.key(list);
        boolean another = current.filter(release -> release.key().equals(key)).isEmpty();
        if (another) {
            adopt(key, list);
        } else {
            retitle(list, current.orElseThrow());
        }
        return another;
    }

    private void adopt(String key, HipsProperties list) throws IOException {
        Path release = Files.createDirectories(folder.release(key));
        fetchCoverage(release);
        write(list, release);
        Adopted adopted = served(list, release, manifest(list));
        current = Optional.of(adopted);
        folder.choose(key);
        LOG.info(
                "a release is served: origin={} date={}",
                origin,
                list.value("hips_release_date").orElse("none"));
    }

    private void fetchCoverage(Path release) throws IOException {
        Path file = folder.incoming();
        try {
            if (fetcher.fetch(WantedFile.COVERAGE, Optional.empty(), file, Hops.NONE) instanceof Fetched.Whole) {
                Files.move(file, release.resolve("Moc.fits"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(release.resolve("Moc.fits"));
            }
        } catch (FetchException e) {
            if (e.kind().concernsAllFiles()) {
                throw e;
            }
            LOG.warn("the origin's coverage cannot be had, so it is not used: reason={}", e.getMessage());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Something changed that makes no other release, such as a title. */
    private void retitle(HipsProperties list, Adopted release) throws IOException {
        byte[] before = Files.readAllBytes(release.folder().resolve(Adopted.ORIGINAL));
        boolean lacksManifest = release.manifest().isEmpty();
        if (!java.util.Arrays.equals(before, list.toBytes())) {
            write(list, release.folder());
            current = Optional.of(served(list, release.folder(), release.manifest()));
        } else if (lacksManifest) {
            current = Optional.of(served(list, release.folder(), manifest(list)));
        }
    }

    private void write(HipsProperties list, Path release) throws IOException {
        AtomicFiles.write(
                release.resolve("properties"), Permission.rewritten(list, here).toBytes());
        AtomicFiles.write(release.resolve(Adopted.ORIGINAL), list.toBytes());
    }

    private Adopted served(HipsProperties list, Path release, Optional<ManifestLookup> manifest) throws IOException {
        SurveyProperties properties = new SurveyProperties(Permission.rewritten(list, here));
        return new Adopted(Adopted.key(list), release, properties, coverage(release, properties), manifest);
    }

    private static Optional<Moc> coverage(Path release, SurveyProperties properties) throws IOException {
        Path file = release.resolve("Moc.fits");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Adopted.coverage(MocFits.read(Files.readAllBytes(file), "Moc.fits"), properties);
        } catch (org.hipsnode.io.MalformedDataException e) {
            LOG.warn("the origin's coverage cannot be read, so it is not used: reason={}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns the origin's manifest if it has one of this very release. */
    private Optional<ManifestLookup> manifest(HipsProperties list) throws IOException {
        OriginStore store = new OriginStore(fetcher, folder::incoming);
        try {
            Optional<ManifestRoot> root = new ManifestReader(store).root();
            boolean same = root.isPresent() && root.get().head().releaseDate().equals(list.value("hips_release_date"));
            return same ? Optional.of(ManifestLookup.of(store)) : Optional.empty();
        } catch (org.hipsnode.io.MalformedDataException e) {
            LOG.warn("the origin's manifest cannot be used: origin={} reason={}", origin, e.getMessage());
            return Optional.empty();
        } catch (FetchException e) {
            if (e.kind().concernsAllFiles()) {
                throw e;
            }
            return Optional.empty(); // a server that answers hidden names otherwise than by 404
        }
    }
}
