package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.channels.FileChannel;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.answer.Routes;
import org.hipsnode.serve.measure.Kind;
import org.hipsnode.serve.request.RequestPath;
import org.hipsnode.serve.snapshot.Release;
import org.hipsnode.serve.snapshot.SurveyWatch;
import org.hipsnode.tile.TreeName;
import org.jspecify.annotations.Nullable;

/**
 * Answers the plainest requests from what is at hand, in bytes: a whole file, one that the client has, or a tile that is known
 * not to be. All others are left to {@link RequestHandler}, which answers these too, only slower.
 */
final class HotPath {
    /** A request with one of these asks for more than the whole file. */
    private static final AsciiString[] SPECIAL = {
        HttpHeaderNames.RANGE,
        HttpHeaderNames.IF_MATCH,
        HttpHeaderNames.IF_UNMODIFIED_SINCE,
        HttpHeaderNames.CONTENT_LENGTH,
        HttpHeaderNames.TRANSFER_ENCODING,
        HttpHeaderNames.EXPECT,
        HttpHeaderNames.UPGRADE
    };

    private final FileShelf shelf;
    private final SurveyWatch watch;
    private final LoopState loop;
    private final boolean sendsFiles;

    /**
     * Prepares the path of one event loop.
     *
     * @param sendsFiles whether the system can send open files as they are: it cannot encrypt them
     */
    HotPath(FileShelf shelf, SurveyWatch watch, LoopState loop, boolean sendsFiles) {
        this.shelf = shelf;
        this.watch = watch;
        this.loop = loop;
        this.sendsFiles = sendsFiles;
    }

    /** What became of a request. */
    enum Outcome {
        /** The answer is written, but not flushed. */
        ANSWERED,
        /** The file must be opened first: see {@link #load}. */
        NOT_AT_HAND,
        /** It is for Vert.x. */
        NOT_PLAIN
    }

    /** Returns what a decoded request asks for; empty if it is not of the plainest kind. */
    static Optional<PlainRequest> plain(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!request.method().equals(HttpMethod.GET)
                || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || !isPlain(headers)) {
            return Optional.empty();
        }
        return Optional.of(new PlainRequest(
                request.uri(),
                headers.get(HttpHeaderNames.IF_NONE_MATCH),
                headers.get(HttpHeaderNames.REFERER),
                headers.get(HttpHeaderNames.USER_AGENT)));
    }

    /** Answers a request if that needs no look at the disk. */
    Outcome answer(PlainRequest request, Wire wire, long start) {
        String path = request.path();
        ServedFile file = shelf.take(path);
        if (file != null) {
            return answered(sendAndDrop(request, file, wire, start));
        }
        Kind absent = absentTile(path);
        if (absent == null && shelf.isKnownMissing(path)) {
            absent = Kind.OTHER;
        }
        if (absent != null) {
            refuse(request, absent, wire, start);
            return Outcome.ANSWERED;
        }
        return Outcome.NOT_AT_HAND;
    }

    private static Outcome answered(boolean sent) {
        return sent ? Outcome.ANSWERED : Outcome.NOT_PLAIN;
    }

    /** Has the file that a request is for opened; empty if the path leads to no file of a survey. */
    Optional<CompletableFuture<Optional<ServedFile>>> load(PlainRequest request) {
        Resource resource = Routes.resolve(RequestPath.parse(request.path()), watch.snapshot());
        if (!(resource instanceof Resource.SurveyFile file)
                || file.survey().release().isEmpty()) {
            return Optional.empty();
        }
        String path = "/" + WebAddress.encode(file.survey().path() + "/" + file.name());
        return Optional.of(shelf.find(file.survey(), path, file.name()));
    }

    /** Answers a request whose file was opened for it; false if it is for Vert.x after all. */
    boolean finish(PlainRequest request, Optional<ServedFile> loaded, Wire wire, long start) {
        if (loaded.isPresent()) {
            return sendAndDrop(request, loaded.get(), wire, start);
        }
        refuse(request, Kind.OTHER, wire, start);
        return true;
    }

    private boolean sendAndDrop(PlainRequest request, ServedFile file, Wire wire, long start) {
        try {
            return send(request, file, wire, start);
        } finally {
            file.drop();
        }
    }

    private static boolean hasOneHost(HttpHeaders headers) {
        Iterator<? extends CharSequence> hosts = headers.valueCharSequenceIterator(HttpHeaderNames.HOST);
        if (!hosts.hasNext()) {
            return false;
        }
        hosts.next();
        return !hosts.hasNext();
    }

    private static boolean isPlain(HttpHeaders headers) {
        if (!hasOneHost(headers)) {
            return false;
        }
        String connection = headers.get(HttpHeaderNames.CONNECTION);
        if (connection != null && !connection.equalsIgnoreCase("keep-alive")) {
            return false;
        }
        for (AsciiString name : SPECIAL) {
            if (headers.contains(name)) {
                return false;
            }
        }
        // If-None-Match makes If-Modified-Since void (RFC 9110 §13.1.3)
        return headers.contains(HttpHeaderNames.IF_NONE_MATCH) || !headers.contains(HttpHeaderNames.IF_MODIFIED_SINCE);
    }

    private boolean send(PlainRequest request, ServedFile file, Wire wire, long start) {
        if (file.facts().varies()) {
            return false;
        }
        if (request.etag() == null) {
            return sendWhole(request, file, wire, start);
        }
        if (!file.heads().isEtag(request.etag())) {
            return false;
        }
        wire.release();
        wire.write(loop.status(304), file.heads().notModified());
        loop.done(request, wire.client(), file.kind(), 304, 0, start);
        return true;
    }

    private boolean sendWhole(PlainRequest request, ServedFile file, Wire wire, long start) {
        ByteBuf memory = file.memory();
        FileChannel channel = file.channel();
        if (memory != null) {
            wire.release();
            wire.write(loop.status(200), file.heads().whole());
            wire.write(memory.retainedDuplicate());
            loop.done(request, wire.client(), file.kind(), 200, file.facts().size(), start);
        } else if (channel != null && sendsFiles) {
            wire.hold();
            wire.write(loop.status(200), file.heads().whole());
            file.take();
            LongConsumer sent = bytes -> loop.done(request, wire.client(), file.kind(), 200, bytes, start);
            wire.write(new Region(file, channel, wire, sent));
        } else {
            return false;
        }
        return true;
    }

    /** An open file on its way out, which many may be sending at once. */
    private static final class Region extends DefaultFileRegion {
        private final ServedFile file;
        private final Wire wire;
        private final LongConsumer sent;

        /**
         * Prepares a file.
         *
         * @param sent takes how many bytes were sent, once it is over
         */
        Region(ServedFile file, FileChannel channel, Wire wire, LongConsumer sent) {
            super(channel, 0, file.facts().size());
            this.file = file;
            this.wire = wire;
            this.sent = sent;
        }

        /** The file stays open for the others. */
        @Override
        protected void deallocate() {
            wire.push();
            file.drop();
            sent.accept(transferred());
        }
    }

    /** Returns the kind of the tile at a path if its survey surely has no such tile; null if it may, or it is no tile. */
    private @Nullable Kind absentTile(String path) {
        int start = TreeName.startIn(path);
        if (start < 2) {
            return null;
        }
        Release release =
                watch.snapshot().published(path.substring(1, start - 1)).orElse(null);
        if (release == null) {
            return null;
        }
        TreeName tree = TreeName.parse(path.substring(start)).orElse(null);
        boolean absent = tree instanceof TreeName.Tile tile && !release.mayHave(tile.address());
        return absent && tree != null ? Kind.of(tree.format()) : null;
    }

    private void refuse(PlainRequest request, Kind kind, Wire wire, long start) {
        wire.release();
        wire.write(loop.status(404), loop.notFound());
        loop.done(
                request,
                wire.client(),
                kind,
                404,
                Resource.Refusal.NOT_FOUND.reason().length(),
                start);
    }
}
