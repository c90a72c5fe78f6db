package org.hipsnode.serve.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.hipsnode.serve.request.ByteRange;

/** Sends a part of an open file piece by piece, where the system cannot send it by itself: encrypted, or over HTTP/2. */
final class FilePump {
    private static final int PIECE = 1 << 18;

    private final Vertx vertx;
    private final FileChannel file;
    private final HttpServerResponse response;
    private final Promise<Void> ended = Promise.promise();

    private FilePump(Vertx vertx, FileChannel file, HttpServerResponse response) {
        this.vertx = vertx;
        this.file = file;
        this.response = response;
    }

    static Future<Void> send(Vertx vertx, FileChannel file, ByteRange part, HttpServerResponse response) {
        FilePump pump = new FilePump(vertx, file, response);
        response.exceptionHandler(pump.ended::tryFail);
        response.closeHandler(closed -> pump.ended.tryFail("the client went away"));
        pump.next(part.first(), part.length());
        return pump.ended.future();
    }

    private void next(long at, long left) {
        int size = (int) Math.min(PIECE, left);
        vertx.executeBlocking(() -> read(at, size), false)
                .onFailure(this::fail)
                .onSuccess(piece -> write(piece, at + size, left - size));
    }

    private Buffer read(long at, int size) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(size);
        while (piece.hasRemaining()) {
            if (file.read(piece, at + piece.position()) < 0) {
                throw new IOException("the file became shorter while it was sent");
            }
        }
        return Buffer.buffer(piece.array());
    }

    private void write(Buffer piece, long at, long left) {
        Future<Void> written = left == 0 ? response.end(piece) : response.write(piece);
        written.onFailure(this::fail).onSuccess(done -> {
            if (left == 0) {
                ended.tryComplete();
            } else {
                next(at, left);
            }
        });
    }

    /** Whoever waits for the rest must learn that it does not come. */
    private void fail(Throwable cause) {
        if (ended.tryFail(cause)) {
            var unused = response.reset();
        }
    }
}
