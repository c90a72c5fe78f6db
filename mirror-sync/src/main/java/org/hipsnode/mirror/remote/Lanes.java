package org.hipsnode.mirror.remote;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2Settings;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The connections to one server, and the questions that wait for them.
 *
 * <p>All of it belongs to one event loop, so nothing is locked; {@link #ask}, {@link #limit} and {@link #close} are for other threads. There are as
 * many connections as there are exchanges, or one where the server speaks HTTP/2, and a second if it allows few streams on each.
 */
public final class Lanes implements AutoCloseable {
    static final int MOST = 256;
    private static final int MOST_SHARED = 2;

    private final Endpoint server;
    private final HttpNetwork network;
    private final EventLoop loop;
    private final Pace pace;
    private final Throttle throttle;
    private final Supplier<InetAddress> addresses;
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private final List<Connection> connections = new ArrayList<>();
    private final AtomicInteger limit = new AtomicInteger(1);
    private Sharing sharing = Sharing.UNKNOWN;
    private long lookDue = System.nanoTime();
    private int opening;
    private boolean serving;
    private boolean resting;
    private boolean closed;

    /** Whether the server's connections take many exchanges at once, as the last that was opened tells. */
    private enum Sharing {
        UNKNOWN,
        ALONE,
        SHARED
    }

    Lanes(Endpoint server, HttpNetwork network, Pace pace, Throttle throttle, Supplier<InetAddress> addresses) {
        this.server = server;
        this.network = network;
        this.loop = network.loop();
        this.pace = pace;
        this.throttle = throttle;
        this.addresses = addresses;
        loop.execute(this::look);
    }

    /** Asks as soon as there is a free connection. */
    public void ask(Question question, Receiver receiver) {
        loop.execute(() -> {
            Exchange exchange = new Exchange(question, receiver);
            if (closed) {
                exchange.fail(new Fault(Fault.Kind.BROKEN, "'" + server + "' is no longer asked", null));
            } else {
                waiting.add(exchange);
                serve();
            }
        });
    }

    /** Sets how many exchanges there may be at once. */
    public void limit(int most) {
        if (limit.getAndSet(Math.min(most, MOST)) != most) {
            loop.execute(this::serve);
        }
    }

    /** Puts a question that was not heard before all others. */
    boolean takeBack(Exchange unheard) {
        if (!closed) {
            waiting.addFirst(unheard);
        }
        return !closed;
    }

    /** Sends what can be sent; called whenever something has changed. */
    void serve() {
        if (serving) {
            return; // the caller's loop goes on
        }
        serving = true;
        connections.removeIf(connection -> !connection.isUsable() && connection.busy() == 0);
        while (!waiting.isEmpty() && busy() < limit.get() && !mustRest() && sendOne()) {
            // as long as there is more
        }
        serving = false;
        openMore();
    }

    private int busy() {
        int busy = 0;
        for (Connection connection : connections) {
            busy += connection.busy();
        }
        return busy;
    }

    private boolean sendOne() {
        for (Connection connection : connections) {
            if (connection.free() > 0) {
                connection.send(waiting.remove());
                return true;
            }
        }
        return false;
    }

    /** Holds requests back too, else many small files would outrun the throttle. */
    private boolean mustRest() {
        if (!resting) {
            long pause = throttle.pauseAfter(0);
            if (pause > 0) {
                resting = true;
                var unused = loop.schedule(
                        () -> {
                            resting = false;
                            serve();
                        },
                        pause,
                        TimeUnit.NANOSECONDS);
            }
        }
        return resting;
    }

    private void openMore() {
        while (!closed
                && waiting.size() > opening
                && busy() + opening < limit.get()
                && !hasFree()
                && opening < mostOpening()) {
            opening++;
            network.open(server, addresses, pace, this);
        }
    }

    /** The first connection may be all that is needed. */
    private int mostOpening() {
        return switch (sharing) {
            case UNKNOWN -> server.secure() ? 1 : MOST;
            case ALONE -> MOST;
            case SHARED -> connections.stream().filter(Connection::isUsable).count() < MOST_SHARED ? 1 : 0;
        };
    }

    private boolean hasFree() {
        return connections.stream().anyMatch(connection -> connection.free() > 0);
    }

    /** Takes a connection of HTTP/1.1. */
    void opened(Channel channel) {
        sharing = Sharing.ALONE;
        add(new PlainConnection(channel, server, throttle, this));
    }

    /** Takes a connection of HTTP/2. */
    void opened(Channel channel, Http2Settings settings) {
        sharing = Sharing.SHARED;
        add(new SharedConnection(channel, settings, server, throttle, this));
    }

    private void add(Connection connection) {
        opening--;
        connections.add(connection);
        if (closed) {
            connection.close();
        }
        serve();
    }

    /** Learns that there is no connection: the question that it was for fails, and all where no other one can be hoped for. */
    void failed(Fault fault) {
        opening--;
        boolean none = opening == 0 && connections.stream().noneMatch(Connection::isUsable);
        for (int lost = none ? waiting.size() : Math.min(1, waiting.size()); lost > 0; lost--) {
            waiting.remove().fail(fault);
        }
        serve();
    }

    private void look() {
        if (!closed) {
            long now = System.nanoTime();
            if (pace.trusts(now - lookDue)) {
                List.copyOf(connections).forEach(connection -> connection.endSlow(pace));
            }
            lookDue = now + pace.look().toNanos();
            var unused = loop.schedule(this::look, pace.look().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Ends all exchanges: who waits for an answer hears of a failure. */
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            List.copyOf(connections).forEach(Connection::close);
            Fault end = new Fault(Fault.Kind.BROKEN, "'" + server + "' is no longer asked", null);
            while (!waiting.isEmpty()) {
                waiting.remove().fail(end);
            }
        });
    }
}
