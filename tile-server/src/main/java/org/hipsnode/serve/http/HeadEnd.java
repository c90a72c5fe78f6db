package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;

/** Whether what came last on a connection ends the head of a request, however it was cut into packets. */
final class HeadEnd {
    private static final int CRLF_CRLF = 0x0d0a0d0a;
    private static final int LF_CRLF = 0x0a0d0a;
    private static final int LF_LF = 0x0a0a;

    /** The last four bytes that came. */
    private int last;

    void note(ByteBuf bytes) {
        for (int i = Math.max(bytes.readerIndex(), bytes.writerIndex() - Integer.BYTES); i < bytes.writerIndex(); i++) {
            last = last << Byte.SIZE | (bytes.getByte(i) & 0xff);
        }
    }

    /** Tells whether an empty line came last; lines may end without CR (RFC 9112 §2.2). */
    boolean isReached() {
        return last == CRLF_CRLF || (last & 0xffff) == LF_LF || (last & 0xffffff) == LF_CRLF;
    }
}
