package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests from their bytes, before the decoder, where that is possible; stands first on each HTTP/1.1 connection.
 *
 * <p>A client's requests mostly differ in nothing but their paths: what comes after the path is read once and then compared. All
 * that is not one whole request of that kind, alone in what was received, goes on to the decoder, and the next one with it until
 * the decoder is surely through.
 */
final class Shortcut extends ChannelInboundHandlerAdapter {
    private static final int GET = 'G' << 24 | 'E' << 16 | 'T' << 8 | ' ';
    private static final int BLANK_LINE = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';
    private static final int PATH = 4;
    private static final int MOST_PATH = 1024;

    private final HitHandler hits;
    private final Wire wire;
    private ClientHead head = ClientHead.NONE;
    private boolean decoded;
    private boolean answered;
    private boolean passed = true; // this comes in while the first request is being read

    Shortcut(HitHandler hits, Wire wire) {
        this.hits = hits;
        this.wire = wire;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            if (decoded && answer(bytes)) {
                answered = true;
                bytes.release();
                return;
            }
            decoded = endsWithBlankLine(bytes);
        }
        passed = true;
        ctx.fireChannelRead(message);
    }

    /** A decoder that got this, and told of the end of a request last, has nothing left. */
    private static boolean endsWithBlankLine(ByteBuf bytes) {
        return bytes.readableBytes() >= 4 && bytes.getInt(bytes.writerIndex() - 4) == BLANK_LINE;
    }

    private boolean answer(ByteBuf bytes) {
        int start = bytes.readerIndex();
        if (bytes.readableBytes() < PATH || bytes.getInt(start) != GET) {
            return false;
        }
        int limit = Math.min(bytes.writerIndex(), start + MOST_PATH);
        int blank = bytes.indexOf(start + PATH, limit, (byte) ' ');
        if (blank < 0) {
            return false;
        }
        ClientHead known = headOf(bytes, blank);
        return known != null && hits.answer(known.with(path(bytes, start + PATH, blank)));
    }

    private static String path(ByteBuf bytes, int from, int to) {
        return bytes.toString(from, to - from, StandardCharsets.ISO_8859_1);
    }

    private @Nullable ClientHead headOf(ByteBuf bytes, int from) {
        if (head.isRestOf(bytes, from)) {
            return head;
        }
        byte[] rest = new byte[bytes.writerIndex() - from];
        bytes.getBytes(from, rest);
        ClientHead read = ClientHead.parse(rest);
        head = read == null ? ClientHead.NONE : read;
        return read;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (answered) {
            answered = false;
            wire.flush();
        }
        if (passed) {
            passed = false;
            ctx.fireChannelReadComplete();
        }
    }
}
