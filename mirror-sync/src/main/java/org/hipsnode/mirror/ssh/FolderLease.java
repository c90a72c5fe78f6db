package org.hipsnode.mirror.ssh;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hipsnode.store.LockedException;

/**
 * Keeps other runs away from a folder of a server, where no lock can be held: they see who has it, until it is given back, or
 * its owner was killed, or nobody has renewed it for ten minutes of the server's clock.
 */
public final class FolderLease implements Closeable {
    private static final long RENEWED_EVERY_SECONDS = 60;
    private static final long LOST_AFTER_SECONDS = 600;
    private static final int MOST_BYTES = 1000;

    private final SftpServer server;
    private final String lock;
    private final ScheduledExecutorService renewing = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "hipsnode-lease");
        thread.setDaemon(true);
        return thread;
    });

    private FolderLease(SftpServer server, String lock) {
        this.server = server;
        this.lock = lock;
    }

    /**
     * Takes a folder.
     *
     * @throws LockedException if another run has it
     */
    public static FolderLease take(SftpServer server, String folder) throws IOException {
        FolderLease lease = new FolderLease(server, folder + "/lock");
        if (!server.makeFolder(lease.lock)) {
            lease.requireLost();
        }
        lease.renew();
        var unused = lease.renewing.scheduleWithFixedDelay(
                lease::renewQuietly, RENEWED_EVERY_SECONDS, RENEWED_EVERY_SECONDS, TimeUnit.SECONDS);
        return lease;
    }

    private void requireLost() throws IOException {
        Optional<String> owner =
                server.read(owner(), MOST_BYTES).map(content -> new String(content, StandardCharsets.UTF_8).strip());
        if (owner.filter(FolderLease::isDead).isPresent()) {
            return;
        }
        long age = age();
        if (age < LOST_AFTER_SECONDS) {
            throw new LockedException(
                    server.toString(),
                    owner.map(o -> o.replaceAll("[^ -~]", "?")).orElse("just begun") + ", seen there " + age
                            + " s ago; one that has died is passed over after " + LOST_AFTER_SECONDS + " s");
        }
    }

    /** A folder without owner was made just now, or by a run that was killed then. */
    private long age() throws IOException {
        Optional<SftpServer.Entry> owner = server.find(owner());
        Optional<SftpServer.Entry> taken = owner.isPresent() ? owner : server.find(lock);
        String probe = lock + "/now";
        server.write(probe, () -> new ByteArrayInputStream(new byte[0]));
        long now = server.find(probe).map(SftpServer.Entry::changed).orElse(0L);
        server.remove(probe);
        return now - taken.map(SftpServer.Entry::changed).orElse(0L);
    }

    private String owner() {
        return lock + "/owner";
    }

    private void renew() throws IOException {
        byte[] me = me().getBytes(StandardCharsets.UTF_8);
        server.write(owner(), () -> new ByteArrayInputStream(me));
    }

    /** If this fails the connection is lost, as whoever sends will notice. */
    private void renewQuietly() {
        try {
            renew();
        } catch (IOException e) {
            renewing.shutdown();
        }
    }

    private static String me() {
        return host() + " " + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Only of this machine's processes it is known; one of our own number is that of a former life. */
    private static boolean isDead(String owner) {
        String[] words = owner.split(" ", 2);
        if (words.length < 2
                || !words[0].equals(host())
                || host().equals("unknown")
                || !words[1].matches("[0-9]{1,18}")) {
            return false;
        }
        long pid = Long.parseLong(words[1]);
        return pid == ProcessHandle.current().pid()
                || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        renewing.shutdownNow();
        server.remove(owner());
        server.removeFolder(lock);
    }
}
