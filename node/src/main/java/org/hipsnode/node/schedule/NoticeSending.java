package org.hipsnode.node.schedule;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hipsnode.io.JsonText;
import org.hipsnode.mirror.remote.Notices;
import org.hipsnode.node.config.Credential;
import org.hipsnode.node.config.NotifiedPartner;
import org.hipsnode.serve.snapshot.ServedSurvey;

/**
 * Tells partners that surveys were published here.
 *
 * <p>A partner that cannot be reached is told again some times, and then finds out by itself when it next asks. What is to be told of a
 * survey twice is told once.
 */
final class NoticeSending implements AutoCloseable {
    private static final List<Duration> PAUSES =
            List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5));
    private static final int MOST_THREADS = 4;

    private final List<NotifiedPartner> partners;
    private final Notices notices;
    private final Consumer<String> messages;
    private final Set<Letter> waiting = new HashSet<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(MOST_THREADS, work -> {
        Thread thread = new Thread(work, "hipsnode-notify");
        thread.setDaemon(true);
        return thread;
    });

    /** Who is to be told of what. */
    private record Letter(NotifiedPartner partner, String path, String json) {}

    NoticeSending(List<NotifiedPartner> partners, String userAgent, Consumer<String> messages) {
        this.partners = partners;
        this.notices = new Notices(userAgent);
        this.messages = messages;
    }

    /** Tells all partners of a survey that may hear of it; returns at once. */
    void send(ServedSurvey survey) {
        for (NotifiedPartner partner : partners) {
            if (partner.hearsOf(survey)) {
                begin(new Letter(partner, survey.path(), json(survey)), 0);
            }
        }
    }

    private static String json(ServedSurvey survey) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("path", survey.path());
        survey.properties().creatorDid().ifPresent(id -> values.put("id", id));
        survey.properties().releaseDate().ifPresent(date -> values.put("release_date", date));
        return JsonText.line(values);
    }

    private synchronized void begin(Letter letter, int tried) {
        if (waiting.add(letter) && !threads.isShutdown()) {
            var unused = threads.schedule(
                    () -> tell(letter, tried), PAUSES.get(tried).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void taken(Letter letter) {
        waiting.remove(letter);
    }

    private void tell(Letter letter, int tried) {
        taken(letter);
        try {
            notices.tell(
                    letter.partner().to(),
                    Credential.read(
                            letter.partner().credential(), letter.partner().to()),
                    letter.json());
        } catch (IOException e) {
            if (tried + 1 < PAUSES.size()) {
                begin(letter, tried + 1);
            } else {
                messages.accept("notify of " + letter.path() + ": " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node ends
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
