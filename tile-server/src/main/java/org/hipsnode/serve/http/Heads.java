package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.hipsnode.serve.answer.Answer;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.FileFacts;
import org.hipsnode.serve.request.Conditions;
import org.jspecify.annotations.Nullable;

/** The heads of a file's responses over HTTP/1.1 as bytes, all but the status and the date, each made once for many. */
final class Heads {
    private final FileFacts facts;
    private final String etag;
    private final ByteBufAllocator memory;
    private final ByteBuf whole;
    private volatile @Nullable ByteBuf notModified;

    private Heads(FileFacts facts, ByteBufAllocator memory) {
        this.facts = facts;
        this.etag = facts.etag();
        this.memory = memory;
        this.whole = bytes(Answers.file(facts, Conditions.NONE), memory);
    }

    static Heads of(FileFacts facts, ByteBufAllocator memory) {
        return new Heads(facts, memory);
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

    /** Most files are let go of before anybody asks whether they have changed. */
    ByteBuf notModified() {
        ByteBuf made = notModified;
        return made == null ? makeNotModified() : made;
    }

    private synchronized ByteBuf makeNotModified() {
        ByteBuf made = notModified;
        if (made == null) {
            made = bytes(Answers.file(facts, Conditions.NONE.withIfNoneMatch(etag)), memory);
            notModified = made;
        }
        return made;
    }

    /** Returns the most that both may take. */
    int size() {
        return 2 * whole.capacity();
    }

    void free() {
        whole.release();
        ByteBuf made = notModified;
        if (made != null) {
            made.release();
        }
    }
}
