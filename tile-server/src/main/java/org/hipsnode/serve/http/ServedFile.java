package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hipsnode.serve.answer.FileFacts;
import org.hipsnode.serve.cache.Counted;
import org.hipsnode.serve.measure.Kind;
import org.hipsnode.serve.snapshot.Release;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of a release as it is served: the heads of its responses, and its bytes in memory or the open file.
 *
 * <p>Memory and file are freed when the last user has dropped it. So whoever gets one from a cache must take it first: buffers
 * are used again, and one that was freed may hold another file's bytes by then.
 */
final class ServedFile implements Counted {
    private static final Logger LOG = LoggerFactory.getLogger(ServedFile.class);

    /** What an object of this kind costs besides its bytes. */
    private static final int OVERHEAD = 512;

    private final @Nullable Release release;
    private final FileFacts facts;
    private final Kind kind;
    private final Heads heads;
    private final Content content;
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile int checked;
    private int hits;

    /**
     * Where the bytes are.
     *
     * @param memory the whole file; null if it is not in memory
     * @param coded its compressed form; null if it has none in memory
     * @param channel the open file; null if it is in memory
     */
    record Content(
            @Nullable ByteBuf memory,
            @Nullable ByteBuf coded,
            @Nullable FileChannel channel) {}

    /**
     * Prepares a file.
     *
     * @param release null for a file that is served once and not kept
     */
    ServedFile(@Nullable Release release, FileFacts facts, Heads heads, Content content, int now) {
        this.release = release;
        this.facts = facts;
        this.kind = Kind.of(facts.name());
        this.heads = heads;
        this.content = content;
        this.checked = now;
    }

    FileFacts facts() {
        return facts;
    }

    Optional<Release> release() {
        return Optional.ofNullable(release);
    }

    Kind kind() {
        return kind;
    }

    Heads heads() {
        return heads;
    }

    /** Returns the bytes if they are in memory. */
    @Nullable ByteBuf memory() {
        return content.memory();
    }

    Optional<ByteBuf> coded() {
        return Optional.ofNullable(content.coded());
    }

    @Nullable FileChannel channel() {
        return content.channel();
    }

    /** Tells whether this may be served without another look at the disk. */
    boolean isFresh(int now, int seconds) {
        return release != null && release.isCurrent() && (release.isSealed() || now - checked <= seconds);
    }

    /** Tells whether this is of a release that another has taken the place of, or of none. */
    boolean isReplaced() {
        return release == null || !release.isCurrent();
    }

    /** Notes that the file has just been found unchanged. */
    void check(int now) {
        checked = now;
    }

    /** Counts a request; a count lost between threads does no harm. */
    int hit() {
        return ++hits;
    }

    @Override
    public boolean take() {
        int now = users.get();
        while (now > 0) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
            now = users.get();
        }
        return false;
    }

    @Override
    public void drop() {
        if (users.decrementAndGet() == 0) {
            free();
        }
    }

    private void free() {
        release(content.memory());
        release(content.coded());
        try {
            FileChannel channel = content.channel();
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.warn("a file did not close: file={} reason={}", facts.name(), e.toString());
        }
    }

    private static void release(@Nullable ByteBuf buffer) {
        if (buffer != null) {
            buffer.release();
        }
    }

    /** An open file weighs 1: their number is what is bounded. */
    @Override
    public int weight() {
        ByteBuf memory = content.memory();
        if (memory == null) {
            return 1;
        }
        int coded = content.coded() == null ? 0 : content.coded().capacity();
        return OVERHEAD + heads.size() + rounded(memory.capacity()) + rounded(coded);
    }

    /** Returns what the allocator takes for a buffer: a fourth, half, three fourths or all of the next power of two. */
    private static int rounded(int bytes) {
        int step = Math.max(16, Integer.highestOneBit(Math.max(1, bytes - 1)) / 4);
        return (bytes + step - 1) / step * step;
    }
}
