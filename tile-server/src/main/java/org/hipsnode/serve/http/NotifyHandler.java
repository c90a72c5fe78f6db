package org.hipsnode.serve.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hipsnode.serve.access.Verdict;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.partner.Notice;
import org.hipsnode.serve.partner.Partners;
import org.hipsnode.serve.receive.Reply;

/** Hears from other nodes that they have published something: who tells is known before a byte of it is read. */
final class NotifyHandler {
    private static final String PLACE = "/api/notify";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Guard guard;
    private final Partners partners;

    NotifyHandler(Guard guard, Partners partners) {
        this.guard = guard;
        this.partners = partners;
    }

    /** Takes a request if it is such a message, and anybody is listened to. */
    boolean handles(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        boolean mine = partners.listens() && request.method().equals(HttpMethod.POST) && PLACE.equals(request.path());
        if (mine) {
            admit(exchange);
        }
        return mine;
    }

    private void admit(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        request.pause(); // until it is known who tells
        guard.admit(request, who -> partners.listensTo(who.name())).onSuccess(verdict -> {
            if (verdict != Verdict.GRANTED) {
                refuse(exchange, Reply.of(verdict.status(), reason(verdict)));
            } else if (!isShort(request)) {
                refuse(
                        exchange,
                        Reply.of(413, "expected " + Notice.MAX_BYTES + " bytes at most, with their Content-Length"));
            } else {
                hear(exchange, guard.name(request));
            }
        });
    }

    private static String reason(Verdict verdict) {
        return switch (verdict) {
            case NO_CREDENTIAL -> "to tell of news, a credential is needed";
            case WRONG_CREDENTIAL -> "this credential is in no notified-by of this node's mirrors";
            default -> verdict.reason();
        };
    }

    private static boolean isShort(HttpServerRequest request) {
        String said = String.valueOf(request.getHeader("Content-Length"));
        return said.matches("[0-9]{1,4}") && Integer.parseInt(said) <= Notice.MAX_BYTES;
    }

    private void hear(Exchange exchange, String partner) {
        exchange.request()
                .body()
                .onSuccess(body -> send(exchange, reply(partner, Notice.parse(body.getBytes()))))
                .onFailure(gone -> exchange.isLast());
        exchange.request().resume();
    }

    private Reply reply(String partner, Optional<Notice> notice) {
        if (notice.isEmpty()) {
            return Reply.of(400, "expected a JSON object with the path of a survey, and its id");
        }
        return partners.hasNews(partner, notice.get())
                ? Reply.of(202, "the origin will be asked")
                : Reply.of(404, "no mirror here that you may tell of has such a survey");
    }

    private static void refuse(Exchange exchange, Reply reply) {
        exchange.isLast();
        send(exchange, reply);
    }

    private static void send(Exchange exchange, Reply reply) {
        byte[] text = reply.text().getBytes(StandardCharsets.UTF_8);
        exchange.send(Answers.fleeting(reply.status(), TEXT, text.length), Buffer.buffer(text));
    }
}
