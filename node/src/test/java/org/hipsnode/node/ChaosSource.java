package org.hipsnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.hipsnode.faults.HonestFolder;
import org.hipsnode.faults.LyingServer;
import org.hipsnode.faults.LyingServer.Lie;
import org.hipsnode.faults.Request;
import org.hipsnode.faults.SmallSurvey;
import org.jspecify.annotations.Nullable;

/** A source that publishes release after release, and whose server has things happen at the requests that it was told. */
final class ChaosSource implements AutoCloseable {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CIRCLE = "?again";

    private final Path folder;
    private final boolean listed;
    private final SmallSurvey survey;
    private final Map<String, Map<String, String>> releases = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Integer, Event> events = new ConcurrentSkipListMap<>();
    private final HonestFolder honest = new HonestFolder(this::current);
    private final LyingServer server;
    private volatile Path current;
    private volatile String date = "";
    private int asked;
    private int happening;

    /** What happens at a request, and what is said to it. */
    interface Event {
        Lie at(Request request, HonestFolder honest) throws IOException;
    }

    ChaosSource(Path folder, boolean listed) throws IOException {
        this.folder = folder;
        this.listed = listed;
        this.current = folder;
        this.survey = new SmallSurvey(workshop()).whole("2026-01-01T00:00Z");
        survey.tiles(SmallSurvey.ORDER, index -> index % 4 == 0);
        for (long index = 0; index < 192; index++) {
            if (index % 4 != 0) {
                survey.delete(SmallSurvey.name(SmallSurvey.ORDER, index));
            }
        }
        publish(new Random(0));
        this.server = LyingServer.choosing(this::answer);
    }

    private Path workshop() {
        return folder.resolve("workshop");
    }

    private Path current() {
        return current;
    }

    String address() {
        return server.url("/sky");
    }

    LyingServer server() {
        return server;
    }

    /** Returns the release date of the release that is there now. */
    String date() {
        return date;
    }

    /** Returns the files of all releases that ever were, by release date. */
    Map<String, Map<String, String>> releases() {
        return releases;
    }

    /** Returns the folder of the release that is there now. */
    Path released() {
        return current.resolve("sky");
    }

    /** Publishes a release in one moment: some tiles changed, some came, some went. */
    void publish(Random random) throws IOException {
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            survey.write(SmallSurvey.name(1, random.nextInt(48)), SmallSurvey.picture(random.nextInt(1 << 20)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = SmallSurvey.name(2, random.nextInt(192));
            if (Files.exists(workshop().resolve(name))) {
                survey.delete(name);
            } else {
                survey.write(name, SmallSurvey.picture(random.nextInt(1 << 20)));
            }
        }
        String next = FIRST.plus(Duration.ofMinutes(releases.size())).toString().replace(":00Z", "Z");
        survey.dated(next, "public master clonable");
        if (listed) {
            survey.listed(next);
        }
        Path release = folder.resolve("www").resolve(Integer.toString(releases.size()));
        copy(workshop(), release.resolve("sky"));
        releases.put(next, new TreeMap<>(SmallSurvey.files(release.resolve("sky"))));
        synchronized (this) {
            current = release;
            date = next;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(all::add);
        }
        for (Path file : all) {
            Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Has something happen at the so-manieth request from now on. */
    synchronized void at(int request, Event event) {
        events.put(asked + request, event);
    }

    /** Forgets what has not happened yet, and waits for the end of what is happening. */
    synchronized void calm() throws InterruptedException {
        events.clear();
        while (happening > 0) {
            wait();
        }
    }

    private Lie answer(Request request) throws IOException {
        if (request.target().endsWith(CIRCLE)) {
            return LyingServer.answer(302, "", "Location: " + CIRCLE);
        }
        Event event = honest.content(request).isEmpty() ? null : next();
        if (event == null) {
            return honest.to(request);
        }
        try {
            return event.at(request, honest);
        } finally {
            happened();
        }
    }

    private synchronized @Nullable Event next() {
        asked++;
        Event event = events.remove(asked);
        happening += event == null ? 0 : 1;
        return event;
    }

    private synchronized void happened() {
        happening--;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
