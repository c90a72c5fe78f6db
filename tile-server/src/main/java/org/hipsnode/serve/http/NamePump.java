package org.hipsnode.serve.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.List;
import org.hipsnode.manifest.ManifestNames;

/** Sends the names of a survey's files, one to a line, no faster than the client takes them: there may be millions. */
final class NamePump {
    private static final int PIECE = 1 << 16;

    private final Vertx vertx;
    private final ManifestNames names;
    private final HttpServerResponse response;
    private final Promise<Void> ended = Promise.promise();

    private NamePump(Vertx vertx, ManifestNames names, HttpServerResponse response) {
        this.vertx = vertx;
        this.names = names;
        this.response = response;
    }

    static Future<Void> send(Vertx vertx, ManifestNames names, HttpServerResponse response) {
        NamePump pump = new NamePump(vertx, names, response);
        response.exceptionHandler(pump.ended::tryFail);
        response.closeHandler(closed -> pump.ended.tryFail("the client went away"));
        response.setChunked(true);
        pump.next();
        return pump.ended.future();
    }

    private void next() {
        vertx.executeBlocking(this::piece, false).onFailure(this::fail).onSuccess(this::write);
    }

    private Buffer piece() throws IOException {
        Buffer piece = Buffer.buffer();
        List<String> more = names.next();
        while (!more.isEmpty()) {
            more.forEach(name -> piece.appendString(name).appendString("\n"));
            more = piece.length() < PIECE ? names.next() : List.of();
        }
        return piece;
    }

    private void write(Buffer piece) {
        if (piece.length() == 0) {
            response.end().onFailure(this::fail).onSuccess(done -> ended.tryComplete());
        } else {
            response.write(piece).onFailure(this::fail).onSuccess(done -> next());
        }
    }

    /** Half a list must not pass for a whole one. */
    private void fail(Throwable cause) {
        if (ended.tryFail(cause)) {
            var unused = response.reset();
        }
    }
}
