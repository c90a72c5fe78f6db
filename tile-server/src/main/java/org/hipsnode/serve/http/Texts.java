package org.hipsnode.serve.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.hipsnode.manifest.Digest;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.request.Conditions;
import org.hipsnode.serve.snapshot.NodeSnapshot;

/** The texts that are made of a snapshot, each made and compressed once for many requests; belongs to one event loop. */
final class Texts {
    private static final int KEPT = 64;
    private static final int WORTH_COMPRESSING = 1024;

    /** Slow clients must not hold all memory with what is made for each anew. */
    private static final int MOST_ON_THEIR_WAY = 32 << 20;

    private final Map<String, Text> made = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Text> eldest) {
            return size() > KEPT;
        }
    };
    private NodeSnapshot of;
    private int onTheirWay;

    /** Begins with nothing made of a snapshot. */
    Texts(NodeSnapshot of) {
        this.of = of;
    }

    /** A text as it is sent, plain or compressed. */
    record Text(String mediaType, Buffer plain, Buffer coded, String etag) {
        boolean isCodedFor(Conditions conditions) {
            return conditions.acceptsGzip() && coded.length() < plain.length();
        }

        Buffer body(boolean isCoded) {
            return isCoded ? coded : plain;
        }
    }

    /**
     * Finds a text.
     *
     * @param key of this text among those of a snapshot
     */
    Optional<Text> find(NodeSnapshot now, String key) {
        return of == now ? Optional.ofNullable(made.get(key)) : Optional.empty();
    }

    /** Keeps a text that was made of a snapshot. */
    void keep(NodeSnapshot now, String key, Text text) {
        if (of != now) {
            made.clear();
            of = now;
        }
        made.put(key, text);
    }

    static Future<Void> send(Exchange exchange, Text text) {
        Conditions conditions = exchange.conditions();
        boolean coded = text.isCodedFor(conditions);
        Buffer body = text.body(coded);
        return exchange.send(Answers.text(text.mediaType(), text.etag(), coded, body.length(), conditions), body);
    }

    /** Sends a text that is not kept, if there is memory for all those on their way. */
    void sendOnce(Exchange exchange, Text text) {
        int size = text.body(text.isCodedFor(exchange.conditions())).length();
        if (size > MOST_ON_THEIR_WAY - onTheirWay) {
            exchange.refuse(new Resource.Refusal(503, "too many lists at once: ask again"));
            return;
        }
        onTheirWay += size;
        send(exchange, text).onComplete(done -> onTheirWay -= size);
    }

    /** Compresses a text and sums it up. */
    static Text text(Documents.Made made) {
        byte[] plain = made.body().getBytes();
        Buffer coded = plain.length < WORTH_COMPRESSING ? made.body() : Buffer.buffer(gzip(plain));
        return new Text(made.mediaType(), made.body(), coded, "\"" + Digest.of(plain) + "\"");
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }
}
