package org.hipsnode.serve.receive;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.hipsnode.arrival.Arrival;
import org.hipsnode.arrival.Incoming;
import org.hipsnode.check.Finding;
import org.hipsnode.check.Findings;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.manifest.Digest;
import org.hipsnode.serve.partner.ReceivedPush;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One release that is being pushed here; for many threads. */
public final class Upload {
    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
    private static final int MOST_NAMES = 10_000;

    /** Soon enough for every client and proxy in between to be still waiting. */
    private static final Duration REPLY_TIME = Duration.ofSeconds(15);

    private static final int MOST_FINDINGS = 20;

    private final String survey;
    private final ReceiveRule rule;
    private final Arrival arrival;
    private final LongSupplier nanoTime;
    private volatile long used;
    private Optional<Future<Reply>> publishing = Optional.empty();
    private boolean reported;

    Upload(String survey, ReceiveRule rule, Arrival arrival, LongSupplier nanoTime) {
        this.survey = survey;
        this.rule = rule;
        this.arrival = arrival;
        this.nanoTime = nanoTime;
        this.used = nanoTime.getAsLong();
    }

    Digest release() {
        return arrival.root().digest();
    }

    long bytes() {
        return arrival.root().totalBytes();
    }

    String partner() {
        return rule.partner();
    }

    long missingBytes() {
        return arrival.missingBytes();
    }

    private void use() {
        used = nanoTime.getAsLong();
    }

    /** Returns how long nobody has asked for anything. */
    Duration rested() {
        return Duration.ofNanos(nanoTime.getAsLong() - used);
    }

    /** Begins to take a file; empty if the release has none of that name, as far as is known yet. */
    public Optional<Incoming> take(String name) throws IOException {
        use();
        return arrival.take(name);
    }

    /** Tells what is still to come: 200 with names, 202 if that is not found out yet, 204 if nothing is. */
    Reply wanted() throws IOException {
        use();
        long end = nanoTime.getAsLong() + REPLY_TIME.toNanos();
        BooleanSupplier late = () -> nanoTime.getAsLong() > end;
        List<String> names = arrival.wanted(MOST_NAMES, late);
        use();
        if (names.isEmpty()) {
            return arrival.isComplete() ? new Reply(204, "") : Reply.of(202, "looking: ask again");
        }
        return new Reply(200, names.stream().map(name -> name + "\n").collect(Collectors.joining()));
    }

    /** Publishes, or tells how far that has come: 200 if it is done, 202 if not yet, 409 or 422 if it cannot be. */
    Reply publish(ExecutorService worker) throws IOException {
        Future<Reply> work = begin(worker);
        use();
        try {
            Reply reply = work.get(REPLY_TIME.toMillis(), TimeUnit.MILLISECONDS);
            forget(work);
            return reply;
        } catch (TimeoutException e) {
            return Reply.of(202, "the release is looked over: ask again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while publishing '" + survey + "'", e);
        } catch (ExecutionException e) {
            forget(work);
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private synchronized Future<Reply> begin(ExecutorService worker) {
        Future<Reply> work = publishing.orElseGet(() -> worker.submit(this::publishNow));
        publishing = Optional.of(work);
        return work;
    }

    private synchronized void forget(Future<Reply> work) {
        publishing = publishing.filter(p -> p != work);
    }

    /** Tells whether the release is being looked over and put in its place. */
    synchronized boolean isPublishing() {
        return publishing.filter(work -> !work.isDone()).isPresent();
    }

    private Reply publishNow() throws IOException {
        if (!arrival.isComplete()) {
            return Reply.of(409, "not everything has come: ask what is wanted");
        }
        Findings findings = arrival.publish(store -> SurveyCheck.check(store, Optional.empty()), rule.acceptsDefects());
        use();
        if (!findings.allowsCopy(rule.acceptsDefects())) {
            LOG.warn(
                    "a pushed release was refused: survey={} partner={} release={} damaged={}",
                    survey,
                    rule.partner(),
                    release(),
                    findings.all().stream().filter(Finding::isDamage).count());
            return new Reply(
                    422, "the check found damaged tiles, so the release was not published\n" + damage(findings));
        }
        LOG.info(
                "a pushed release was published: survey={} partner={} release={} files={} bytes={}",
                survey,
                rule.partner(),
                release(),
                arrival.arrivedFiles(),
                arrival.arrivedBytes());
        return Reply.of(200, "published");
    }

    private static String damage(Findings findings) {
        return findings.all().stream()
                .filter(Finding::isDamage)
                .limit(MOST_FINDINGS)
                .map(Finding::toString)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** Returns what there is to tell of its end; empty if that was told before. */
    synchronized Optional<ReceivedPush> report(boolean published) {
        if (reported) {
            return Optional.empty();
        }
        reported = true;
        return Optional.of(new ReceivedPush(
                survey,
                rule.partner(),
                release().toString(),
                published,
                arrival.arrivedFiles(),
                arrival.arrivedBytes()));
    }

    /** Tells whether what has come is of no use any more. */
    boolean isStale(Duration idle) {
        return !isPublishing() && rested().compareTo(idle) > 0;
    }

    void discard() throws IOException {
        arrival.discard();
    }

    void close() throws IOException {
        arrival.close();
    }
}
