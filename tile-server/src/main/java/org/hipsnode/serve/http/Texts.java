package org.hipsnode.serve.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.hipsnode.manifest.Digest;
import org.hipsnode.serve.answer.Answer;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.request.Conditions;
import org.hipsnode.serve.snapshot.NodeSnapshot;

/** The texts that are made of a snapshot, each made and compressed once for many requests; belongs to one event loop. */
final class Texts {
    private static final int KEPT = 64;
    private static final int WORTH_COMPRESSING = 1024;

    private final Map<String, Text> made = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Text> eldest) {
            return size() > KEPT;
        }
    };
    private NodeSnapshot of;

    /** Begins with nothing made of a snapshot. */
    Texts(NodeSnapshot of) {
        this.of = of;
    }

    private record Text(Buffer plain, Buffer coded, String etag) {}

    /**
     * Sends a text.
     *
     * @param key of this text among those of a snapshot
     */
    void send(Exchange exchange, NodeSnapshot now, String key, String mediaType, Supplier<byte[]> making) {
        if (of != now) {
            made.clear();
            of = now;
        }
        Text text = made.computeIfAbsent(key, k -> text(making.get()));
        Conditions conditions = exchange.conditions();
        boolean coded =
                conditions.acceptsGzip() && text.coded().length() < text.plain().length();
        Buffer body = coded ? text.coded() : text.plain();
        Answer answer = Answers.text(mediaType, text.etag(), coded, body.length(), conditions);
        exchange.send(answer, body);
    }

    private static Text text(byte[] plain) {
        Buffer buffer = Buffer.buffer(plain);
        Buffer coded = plain.length < WORTH_COMPRESSING ? buffer : Buffer.buffer(gzip(plain));
        return new Text(buffer, coded, "\"" + Digest.of(plain) + "\"");
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
