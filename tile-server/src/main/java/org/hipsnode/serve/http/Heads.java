package org.hipsnode.serve.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.hipsnode.serve.answer.Answer;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.FileFacts;
import org.hipsnode.serve.request.Conditions;

/** The heads of a file's responses over HTTP/1.1 as bytes, all but the status and the date, each made once for many. */
final class Heads {
    private static final byte[] NOT_MADE = new byte[0];

    private final FileFacts facts;
    private final String etag;
    private final byte[] whole;
    private volatile byte[] notModified = NOT_MADE;

    Heads(FileFacts facts) {
        this.facts = facts;
        this.etag = facts.etag();
        this.whole = bytes(Answers.file(facts, Conditions.NONE));
    }

    /** Returns the header lines of an answer and the empty line after them. */
    static String lines(Answer answer) {
        StringBuilder lines = new StringBuilder();
        add(lines, answer.headers());
        add(lines, Answers.ALWAYS);
        if (answer.status() != 304) {
            lines.append("Content-Length: ").append(answer.body().length()).append("\r\n");
        }
        return lines.append("\r\n").toString();
    }

    private static void add(StringBuilder lines, Map<String, String> headers) {
        headers.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
    }

    private static byte[] bytes(Answer answer) {
        return lines(answer).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Tells whether a client that holds this version, and no other, has said so. */
    boolean isEtag(String ifNoneMatch) {
        return etag.equals(ifNoneMatch);
    }

    byte[] whole() {
        return whole;
    }

    /** Most files are let go of before anybody asks whether they have changed; two that make it at once make the same. */
    byte[] notModified() {
        if (notModified.length == 0) {
            notModified = bytes(Answers.file(facts, Conditions.NONE.withIfNoneMatch(etag)));
        }
        return notModified;
    }

    /** Returns the most that both may take. */
    int size() {
        return 2 * whole.length;
    }
}
