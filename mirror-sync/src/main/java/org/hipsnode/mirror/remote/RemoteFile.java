package org.hipsnode.mirror.remote;

import java.util.Optional;

/** What a far server says of a file that was read before: its content, that it is still the same, or that it is gone. */
public final class RemoteFile {
    private final Kind kind;
    private final byte[] content;
    private final Optional<String> etag;

    /** What was answered. */
    public enum Kind {
        CONTENT,
        UNCHANGED,
        MISSING
    }

    RemoteFile(Kind kind, byte[] content, Optional<String> etag) {
        this.kind = kind;
        this.content = content.clone();
        this.etag = etag;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the content; empty if there is none, or the one that is known. */
    public Optional<byte[]> content() {
        return kind == Kind.CONTENT ? Optional.of(content.clone()) : Optional.empty();
    }

    /** Returns by what the server tells this content from others. */
    public Optional<String> etag() {
        return etag;
    }
}
