package org.hipsnode.mirror.remote;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A question, and how far its answer has come; on the event loop of its connection, but for the tap. */
final class Exchange implements Receiver.Flow {
    final Question question;
    private final Receiver receiver;
    private volatile @Nullable Channel channel;

    /** A server that refuses for ever is not asked for ever. */
    private static final int MOST_ANEW = 3;

    private int anew;
    private boolean heard;
    private boolean over;
    private long bytes;
    private int holds;
    private long began;
    private long lastHeard;
    private long heldSince;
    private long held;

    Exchange(Question question, Receiver receiver) {
        this.question = question;
        this.receiver = receiver;
    }

    void begin(Channel on) {
        channel = on;
        began = System.nanoTime();
        lastHeard = began;
        held = 0;
    }

    boolean isOver() {
        return over;
    }

    void head(HttpResponse response, boolean ends) {
        heard = true;
        lastHeard = System.nanoTime();
        Map<String, String> headers = new HashMap<>();
        for (String name : Head.HEADERS) {
            @Nullable String value = response.headers().get(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        receiver.head(new Head(response.status().code(), headers, ends), this);
    }

    void piece(Piece piece, Throttle throttle) {
        lastHeard = System.nanoTime();
        int length = piece.length();
        bytes += length;
        receiver.piece(piece);
        long pause = throttle.pauseAfter(length);
        Channel on = channel;
        if (pause > 0 && on != null && !over) {
            hold();
            Wire.later(on, this::release, pause);
        }
    }

    void end() {
        if (!over) {
            over = true;
            letGo();
            receiver.end();
        }
    }

    void fail(Fault fault) {
        if (!over) {
            over = true;
            letGo();
            receiver.failed(fault);
        }
    }

    /** The connection is the next exchange's. */
    private void letGo() {
        Channel on = channel;
        if (holds > 0 && on != null) {
            holds = 0;
            on.config().setAutoRead(true);
        }
    }

    /** Tells whether to ask again at once, since the server closed a kept connection, or refused, just as it was asked. */
    boolean mayBeAskedAnew() {
        return !heard && !over && anew++ < MOST_ANEW;
    }

    /** Ends the exchange if the server is too slow; tells whether it did. */
    boolean endIfSlow(Pace pace, String server) {
        if (over || holds > 0) {
            return false;
        }
        long now = System.nanoTime();
        var fault = pace.judge(now - began - held, now - lastHeard, bytes);
        fault.ifPresent(kind -> fail(new Fault(kind, tooSlow(kind, pace, server), null)));
        return fault.isPresent();
    }

    private String tooSlow(Fault.Kind kind, Pace pace, String server) {
        return kind == Fault.Kind.SILENT
                ? "'" + server + "' sent nothing for " + pace.silence().toMillis() / 1e3 + " s"
                : "'" + server + "' sent less than " + pace.leastRate() + " bytes a second";
    }

    private void hold() {
        Channel on = channel;
        if (!over && holds++ == 0 && on != null) {
            heldSince = System.nanoTime();
            on.config().setAutoRead(false);
        }
    }

    private void release() {
        Channel on = channel;
        if (!over && holds > 0 && --holds == 0 && on != null) {
            long now = System.nanoTime();
            held += now - heldSince;
            lastHeard = now;
            on.config().setAutoRead(true);
        }
    }

    @Override
    public void pause() {
        onLoop(this::hold);
    }

    @Override
    public void resume() {
        onLoop(this::release);
    }

    @Override
    public void abort() {
        onLoop(() -> {
            Channel on = channel;
            if (!over && on != null) {
                over = true;
                Wire.close(on);
            }
        });
    }

    private void onLoop(Runnable action) {
        Channel on = channel;
        if (on == null) {
            return; // nothing has come yet
        }
        if (on.eventLoop().inEventLoop()) {
            action.run();
        } else {
            on.eventLoop().execute(action);
        }
    }
}
