package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.hipsnode.serve.measure.Kind;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.Release;
import org.hipsnode.serve.snapshot.ServedSurvey;
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

    /** Writes the answer to a request, not flushed; false if it is none of those. */
    boolean answer(HttpRequest request, ChannelHandlerContext wire, String client) {
        if (!request.method().equals(HttpMethod.GET)
                || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return false;
        }
        long start = System.nanoTime();
        String path = request.uri();
        HttpHeaders headers = request.headers();
        if (!isPlain(headers)) {
            return false;
        }
        ServedFile file = shelf.take(path);
        if (file == null) {
            return isMissing(path) && refuse(request, path, wire, client, start);
        }
        try {
            return send(request, file, headers.get(HttpHeaderNames.IF_NONE_MATCH), wire, client, start);
        } finally {
            file.drop();
        }
    }

    private static boolean isPlain(HttpHeaders headers) {
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

    private boolean send(
            HttpRequest request,
            ServedFile file,
            @Nullable String known,
            ChannelHandlerContext wire,
            String client,
            long start) {
        if (file.facts().varies()) {
            return false;
        }
        if (known != null) {
            if (!file.heads().isEtag(known)) {
                return false;
            }
            write(wire, loop.status(304).retainedDuplicate());
            write(wire, file.heads().notModified().retainedDuplicate());
            loop.done(request, client, file.kind(), 304, 0, start);
            return true;
        }
        return sendWhole(request, file, wire, client, start);
    }

    private boolean sendWhole(
            HttpRequest request, ServedFile file, ChannelHandlerContext wire, String client, long start) {
        ByteBuf memory = file.memory();
        FileChannel channel = file.channel();
        long size = file.facts().size();
        if (memory == null && (channel == null || !sendsFiles)) {
            return false;
        }
        write(wire, loop.status(200).retainedDuplicate());
        write(wire, file.heads().whole().retainedDuplicate());
        if (memory != null) {
            write(wire, memory.retainedDuplicate());
        } else if (channel != null && size > 0) {
            file.take();
            write(wire, new Region(file, channel, size));
        }
        loop.done(request, client, file.kind(), 200, size, start);
        return true;
    }

    private static void write(ChannelHandlerContext wire, Object message) {
        var unused = wire.write(message, wire.voidPromise());
    }

    /** An open file on its way out, which many may be sending at once. */
    private static final class Region extends DefaultFileRegion {
        private final ServedFile file;

        Region(ServedFile file, FileChannel channel, long size) {
            super(channel, 0, size);
            this.file = file;
        }

        /** The file stays open for the others. */
        @Override
        protected void deallocate() {
            file.drop();
        }
    }

    private boolean isMissing(String path) {
        return isAbsentTile(path) || shelf.isKnownMissing(path);
    }

    /** Tells whether a path leads to a tile of a survey that surely has no such tile. */
    private boolean isAbsentTile(String path) {
        int start = TreeName.startIn(path);
        if (start < 2) {
            return false;
        }
        NodeSnapshot now = watch.snapshot();
        Optional<Release> release = now.at(path.substring(1, start - 1))
                .filter(survey -> !survey.isPrivate())
                .flatMap(ServedSurvey::release);
        if (release.isEmpty()) {
            return false;
        }
        Optional<TreeName> tree = TreeName.parse(path.substring(start));
        return tree.isPresent()
                && tree.get() instanceof TreeName.Tile tile
                && !release.get().mayHave(tile.address());
    }

    private boolean refuse(HttpRequest request, String path, ChannelHandlerContext wire, String client, long start) {
        write(wire, loop.status(404).retainedDuplicate());
        write(wire, loop.notFound().retainedDuplicate());
        int tree = TreeName.startIn(path);
        loop.done(
                request,
                client,
                Kind.of(path.substring(tree == 0 ? 1 : tree)),
                404,
                LoopState.NOT_FOUND.length(),
                start);
        return true;
    }
}
