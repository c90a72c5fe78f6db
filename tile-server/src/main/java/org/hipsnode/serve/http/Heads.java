package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.hipsnode.serve.answer.Answer;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.FileFacts;
import org.hipsnode.serve.request.Conditions;

/** The heads of a file's responses over HTTP/1.1 as bytes, all but the status and the date, made once for many. */
final class Heads {
    private final String etag;
    private final ByteBuf whole;
    private final ByteBuf notModified;

    private Heads(String etag, ByteBuf whole, ByteBuf notModified) {
        this.etag = etag;
        this.whole = whole;
        this.notModified = notModified;
    }

    static Heads of(FileFacts facts, ByteBufAllocator memory) {
        String etag = facts.etag();
        Conditions known = Conditions.NONE.withIfNoneMatch(etag);
        return new Heads(
                etag, bytes(Answers.file(facts, Conditions.NONE), memory), bytes(Answers.file(facts, known), memory));
    }

    /** Returns the header lines of an answer and the empty line after them. */
    static ByteBuf bytes(Answer answer, ByteBufAllocator memory) {
        StringBuilder lines = new StringBuilder();
        add(lines, answer.headers());
        add(lines, Answers.ALWAYS);
        if (answer.status() != 304) {
            lines.append("Content-Length: ").append(answer.body().length()).append("\r\n");
        }
        byte[] bytes = lines.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        return memory.directBuffer(bytes.length).writeBytes(bytes);
    }

    private static void add(StringBuilder lines, Map<String, String> headers) {
        headers.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
    }

    /** Tells whether a client that holds this version, and no other, has said so. */
    boolean isEtag(String ifNoneMatch) {
        return etag.equals(ifNoneMatch);
    }

    ByteBuf whole() {
        return whole;
    }

    ByteBuf notModified() {
        return notModified;
    }

    int size() {
        return whole.capacity() + notModified.capacity();
    }

    void free() {
        whole.release();
        notModified.release();
    }
}
