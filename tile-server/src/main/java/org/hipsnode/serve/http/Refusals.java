package org.hipsnode.serve.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.hipsnode.serve.answer.Resource;
import org.jspecify.annotations.Nullable;

/** What is said to requests that break the rules of HTTP. */
final class Refusals {
    static final Resource.Refusal ONE_HOST = new Resource.Refusal(400, "expected one Host");

    private Refusals() {}

    /** Answers what is no HTTP request, or too long for one. */
    static void refuseInvalid(Exchange exchange) {
        exchange.isLast();
        exchange.refuse(of(exchange.request().decoderResult().cause()));
    }

    private static Resource.Refusal of(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Resource.Refusal(
                    414, "the request line is too long: expected " + Listener.MAX_REQUEST_LINE + " bytes at most");
        }
        return cause instanceof TooLongHttpHeaderException
                ? new Resource.Refusal(431, "the head is too long: expected " + Listener.MAX_HEADERS + " bytes at most")
                : new Resource.Refusal(400, "not a request that can be understood");
    }
}
