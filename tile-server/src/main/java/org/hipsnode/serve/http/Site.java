package org.hipsnode.serve.http;

import java.util.Optional;
import org.hipsnode.serve.measure.ServerMetrics;
import org.hipsnode.serve.origin.ReadThrough;
import org.hipsnode.serve.page.Shell;
import org.hipsnode.serve.partner.Partners;
import org.hipsnode.serve.receive.Uploads;
import org.hipsnode.serve.snapshot.SurveyWatch;

/** What all event loops of a server share. */
final class Site {
    private final ServerSettings settings;
    private final SurveyWatch watch;
    private final FileShelf shelf;
    private final ServerMetrics metrics;
    private final RateLimiter limiter;
    private final Optional<byte[]> viewer;
    private final Guard guard;
    private final ReadThrough readThrough;
    private final Uploads uploads;
    private final Partners partners;
    private final PushHandler.Counts pushes = new PushHandler.Counts();
    private volatile boolean ready = true;
    private volatile Face face;

    /**
     * What the node calls itself, which may become another while it runs.
     *
     * @param number another one for each
     * @param baseUrl public address of the node; empty to tell it from each request
     * @param documents that are made under that title
     */
    record Face(int number, Optional<String> baseUrl, Documents documents) {}

    Site(
            ServerSettings settings,
            SurveyWatch watch,
            FileShelf shelf,
            ServerMetrics metrics,
            RateLimiter limiter,
            Optional<byte[]> viewer,
            Guard guard,
            ReadThrough readThrough,
            Uploads uploads,
            Partners partners) {
        this.settings = settings;
        this.watch = watch;
        this.shelf = shelf;
        this.metrics = metrics;
        this.limiter = limiter;
        this.viewer = viewer;
        this.guard = guard;
        this.readThrough = readThrough;
        this.uploads = uploads;
        this.partners = partners;
        this.face = face(0, settings.title(), settings.baseUrl());
    }

    private Face face(int number, String title, Optional<String> baseUrl) {
        return new Face(number, baseUrl, new Documents(shell(title), partners));
    }

    Face face() {
        return face;
    }

    /** Takes up another title and public address. */
    void take(String title, Optional<String> baseUrl) {
        face = face(face.number() + 1, title, baseUrl);
    }

    /** Returns who is asked about private surveys. */
    Guard guard() {
        return guard;
    }

    /** Returns the caches of remote surveys. */
    ReadThrough readThrough() {
        return readThrough;
    }

    /** Returns the surveys that are being pushed here. */
    Uploads uploads() {
        return uploads;
    }

    /** Returns how many bodies are being read. */
    PushHandler.Counts pushes() {
        return pushes;
    }

    /** Returns who deals with other nodes. */
    Partners partners() {
        return partners;
    }

    SurveyWatch watch() {
        return watch;
    }

    FileShelf shelf() {
        return shelf;
    }

    ServerMetrics metrics() {
        return metrics;
    }

    RateLimiter limiter() {
        return limiter;
    }

    /** Returns Aladin Lite's module if it came with the program. */
    Optional<byte[]> viewer() {
        return viewer;
    }

    String viewerUrl() {
        return settings.viewerUrl();
    }

    ServingOptions options() {
        return settings.options();
    }

    private Shell shell(String title) {
        return viewer.isPresent()
                ? new Shell(title, "/viewer/aladin.js", "")
                : new Shell(
                        title,
                        settings.viewerUrl(),
                        "Aladin Lite is not part of this installation, so it is loaded from " + settings.viewerUrl());
    }

    /** Tells whether new requests should still come here. */
    boolean isReady() {
        return ready;
    }

    /** Says that the server is about to end. */
    void end() {
        ready = false;
    }
}
