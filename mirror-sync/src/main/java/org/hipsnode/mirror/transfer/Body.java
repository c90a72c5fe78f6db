package org.hipsnode.mirror.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.hipsnode.mirror.remote.Fault;
import org.hipsnode.mirror.remote.Head;
import org.hipsnode.mirror.remote.Piece;
import org.hipsnode.mirror.remote.Receiver;
import org.jspecify.annotations.Nullable;

/** An answer as a stream: the network's thread puts pieces in, another takes them out, and neither runs far ahead. */
final class Body extends InputStream implements Receiver {
    private static final int MOST_QUEUED = 1 << 20;

    /** Most tiles have fewer bytes, and are read only once they are here whole: so their reader is woken once. */
    static final int SMALL = 1 << 18;

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private @Nullable Head head;
    private @Nullable Flow flow;
    private @Nullable Fault fault;
    private int taken;
    private int queued;
    private long received;
    private boolean paused;
    private boolean ended;
    private boolean closed;
    private boolean told;

    private final Consumer<Body> ready;

    /**
     * Waits for an answer.
     *
     * @param ready is told once, on the network's thread, when there is all, or more than a small body has
     */
    Body(Consumer<Body> ready) {
        this.ready = ready;
    }

    @Override
    public synchronized void head(Head given, Flow tap) {
        head = given;
        flow = tap;
        if (closed) {
            tap.abort();
        }
        notifyAll();
    }

    @Override
    public synchronized void piece(Piece piece) {
        if (closed) {
            piece.release();
            return;
        }
        pieces.add(piece);
        queued += piece.length();
        received += piece.length();
        if (queued > MOST_QUEUED && !paused && flow != null) {
            paused = true;
            flow.pause();
        }
        notifyAll();
        if (queued > SMALL) {
            tell();
        }
    }

    private void tell() {
        if (!told) {
            told = true;
            ready.accept(this);
        }
    }

    /** Tells whether no more comes. */
    synchronized boolean isWhole() {
        return ended || fault != null;
    }

    @Override
    public synchronized void end() {
        ended = true;
        notifyAll();
        tell();
    }

    @Override
    public synchronized void failed(Fault given) {
        fault = given;
        notifyAll();
        tell();
    }

    /** Returns all bytes where they were received, until this is closed; empty if some are still to come, or were read. */
    synchronized Optional<ByteBuffer[]> whole() {
        boolean whole = ended && fault == null && queued == received;
        return whole ? Optional.of(pieces.stream().map(Piece::bytes).toArray(ByteBuffer[]::new)) : Optional.empty();
    }

    /** Waits for the head. */
    synchronized Head head() throws Fault, InterruptedException {
        while (head == null && fault == null) {
            wait();
        }
        if (head == null) {
            throw faultNow();
        }
        return head;
    }

    private Fault faultNow() {
        if (fault == null) {
            throw new IllegalStateException("nothing went wrong");
        }
        return fault;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] to, int at, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        await();
        Piece first = pieces.peek();
        if (first != null) {
            return take(first, to, at, most);
        }
        if (fault != null) {
            throw faultNow();
        }
        return -1;
    }

    private synchronized void await() throws IOException {
        try {
            while (pieces.isEmpty() && !ended && fault == null) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private int take(Piece first, byte[] to, int at, int most) {
        int length = Math.min(most, first.length() - taken);
        first.bytes().position(taken).get(to, at, length);
        taken += length;
        queued -= length;
        if (taken == first.length()) {
            pieces.remove().release();
            taken = 0;
        }
        if (paused && queued < MOST_QUEUED / 2 && flow != null) {
            paused = false;
            flow.resume();
        }
        return length;
    }

    /** Gives up what has not been read. */
    @Override
    public synchronized void close() {
        closed = true;
        pieces.forEach(Piece::release);
        pieces.clear();
        if (flow != null && !ended && fault == null) {
            flow.abort();
        }
    }
}
