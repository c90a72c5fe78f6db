package org.hipsnode.mirror.remote;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Bytes of a body, in memory that must be given back; for one thread at a time. */
public final class Piece {
    private final ByteBuf content;

    Piece(ByteBuf content) {
        this.content = content;
    }

    public int length() {
        return content.readableBytes();
    }

    /** Returns the bytes, until they are given back. */
    public ByteBuffer bytes() {
        return content.nioBuffer();
    }

    /** Copies the bytes. */
    public void copyTo(byte[] to, int at) {
        content.getBytes(content.readerIndex(), to, at, content.readableBytes());
    }

    /** Gives the memory back. */
    public void release() {
        content.release();
    }
}
