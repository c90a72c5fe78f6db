package org.hipsnode.mirror.remote;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Hands a body on as it comes, and knows when bytes last came. */
final class StreamedBody implements BodySubscriber<Optional<byte[]>> {
    private final RestOfFile taker;
    private final Runnable alive;
    private final CompletableFuture<Optional<byte[]>> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    /**
     * Prepares to receive.
     *
     * @param alive is run whenever bytes have come
     */
    StreamedBody(RestOfFile taker, Runnable alive) {
        this.taker = taker;
        this.alive = alive;
    }

    @Override
    public CompletionStage<Optional<byte[]>> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> received) {
        alive.run();
        try {
            for (ByteBuffer part : received) {
                taker.take(part);
            }
            if (subscription != null) {
                subscription.request(1);
            }
        } catch (IOException e) {
            stop(new NotTaken(e));
        } catch (CancellationException e) {
            stop(e);
        }
    }

    private void stop(Exception reason) {
        if (subscription != null) {
            subscription.cancel();
        }
        body.completeExceptionally(reason);
    }

    @Override
    public void onError(Throwable reason) {
        body.completeExceptionally(reason);
    }

    @Override
    public void onComplete() {
        body.complete(Optional.of(new byte[0]));
    }

    /** A fault on our side, which no other try mends. */
    static final class NotTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient IOException fault;

        NotTaken(IOException fault) {
            super(fault);
            this.fault = fault;
        }

        IOException fault() {
            return fault;
        }
    }
}
