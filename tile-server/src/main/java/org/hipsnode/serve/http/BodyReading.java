package org.hipsnode.serve.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.hipsnode.serve.receive.Reply;

/** Reads the body of a request in pieces, each done with on a worker thread before the next is read; on its event loop. */
final class BodyReading {
    private static final int PIECE = 1 << 20;

    private final HttpServerRequest request;
    private final WorkerExecutor workers;
    private final FileTaking taking;
    private final Promise<Reply> done = Promise.promise();
    private Buffer piece = Buffer.buffer();

    BodyReading(HttpServerRequest request, WorkerExecutor workers, FileTaking taking) {
        this.request = request;
        this.workers = workers;
        this.taking = taking;
    }

    /** Begins to read a request that is paused; gives the reply. */
    Future<Reply> begin() {
        request.handler(this::add);
        request.endHandler(end -> give(true));
        request.exceptionHandler(this::fail);
        request.resume();
        return done.future();
    }

    private void add(Buffer more) {
        piece.appendBuffer(more);
        if (piece.length() >= PIECE) {
            give(false);
        }
    }

    private void give(boolean last) {
        request.pause();
        byte[] bytes = piece.getBytes();
        piece = Buffer.buffer();
        workers.executeBlocking(() -> taking.take(bytes, last), false).onComplete(taken -> {
            if (taken.failed()) {
                fail(taken.cause());
            } else if (taken.result().isPresent()) {
                done.tryComplete(taken.result().get());
            } else {
                request.resume();
            }
        });
    }

    private void fail(Throwable cause) {
        workers.executeBlocking(taking::drop, false).onComplete(dropped -> done.tryFail(cause));
    }
}
