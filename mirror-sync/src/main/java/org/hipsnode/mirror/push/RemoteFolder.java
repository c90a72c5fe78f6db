package org.hipsnode.mirror.push;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.mirror.ssh.SftpServer;
import org.hipsnode.mirror.ssh.SftpServer.Entry;
import org.hipsnode.store.SurveyStore;

/** A survey's folder on a server, whose listings are asked for once for many files. */
final class RemoteFolder implements SurveyStore {
    private static final int KEPT_LISTINGS = 16;

    private final SftpServer server;
    private final String path;
    private final Map<String, Map<String, Entry>> listings = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, SftpServer.Entry>> eldest) {
            return size() > KEPT_LISTINGS;
        }
    };

    RemoteFolder(SftpServer server, String path) {
        this.server = server;
        this.path = path;
    }

    String path() {
        return path;
    }

    String path(String name) {
        return path + "/" + name;
    }

    boolean exists() throws IOException {
        return server.find(path).isPresent();
    }

    boolean isFilled() throws IOException {
        return server.list(path).filter(entries -> !entries.isEmpty()).isPresent();
    }

    /** Tells whether a file of a size was there when its folder was looked at. */
    synchronized boolean has(String name, long bytes) throws IOException {
        String whole = path(name);
        int slash = whole.lastIndexOf('/');
        Optional<Entry> entry =
                Optional.ofNullable(listing(whole.substring(0, slash)).get(whole.substring(slash + 1)));
        return entry.filter(e -> !e.isFolder() && e.bytes() == bytes).isPresent();
    }

    private Map<String, Entry> listing(String folder) throws IOException {
        Map<String, Entry> known = listings.get(folder);
        if (known == null) {
            known = server.list(folder).orElse(Map.of());
            listings.put(folder, known);
        }
        return known;
    }

    /** Forgets what was seen. */
    synchronized void lookAgain() {
        listings.clear();
    }

    @Override
    public Optional<byte[]> read(String name, int limit) throws IOException {
        return server.read(path(name), limit);
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
