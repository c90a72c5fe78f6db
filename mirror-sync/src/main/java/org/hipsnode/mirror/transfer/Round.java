package org.hipsnode.mirror.transfer;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.hipsnode.mirror.remote.Fault;
import org.hipsnode.progress.Progress;
import org.jspecify.annotations.Nullable;

/** One run through a list of files: this thread decides, others ask and write. */
final class Round {
    private static final long LOOK_MILLIS = 100;

    /** For each that is asked for so many wait, or are verified: this thread may get its turn late. */
    private static final int BESIDE_EACH = 6;

    /** So many results are worth waking a thread. */
    private static final int WORTH_WAKING = 8;

    private static final int HELPERS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    /** So many files are here whole and not yet proven: few, so that they are still in the processor's cache when their turn comes. */
    private static final int MOST_LAGGING = 8;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Host host;
    private final Servers servers;
    private final Load load;
    private final Landing landing;
    private final Consumer<Arrival> arrivals;
    private final Backoff backoff;

    /**
     * For what is here whole, which waits for nothing: threads that leave a processor to the network's own, which takes a file itself when
     * they lag, and so receives nothing meanwhile.
     */
    private final ExecutorService finishing = new ThreadPoolExecutor(
            HELPERS,
            HELPERS,
            0,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_LAGGING),
            new ThreadPoolExecutor.CallerRunsPolicy());

    /** Held by the network's thread while it hands a file on, or takes it itself. */
    private final ReentrantLock handing = new ReentrantLock();

    /** One thread each for what is still coming. */
    private final ExecutorService waiting = Executors.newCachedThreadPool();

    private final Set<Body> open = ConcurrentHashMap.newKeySet();
    private final Results<Done> done = new Results<>();
    private final PriorityQueue<Job> later = new PriorityQueue<>(Comparator.comparingLong(Job::due));
    private final Outage outage;
    private TransferSummary summary = TransferSummary.NONE;
    private long requests;
    private int running;
    private long restUntil = System.nanoTime();

    /**
     * A file on its way.
     *
     * @param due the time of the next try
     */
    private record Job(WantedFile wanted, URI uri, int redirects, int tries, long due) {
        Job again(URI from, long at) {
            return new Job(wanted, from, 0, tries + 1, at);
        }
    }

    /**
     * What a worker brings back: an outcome, or why there can be none here.
     *
     * @param nanos until the answer was here, or so much of it that it could be written
     */
    private record Done(
            Job job, @Nullable Outcome outcome, @Nullable Exception failure, long nanos) {}

    Round(Host host, Servers servers, Load load, Landing landing, Consumer<Arrival> arrivals) {
        this.host = host;
        this.servers = servers;
        this.load = load;
        this.landing = landing;
        this.arrivals = arrivals;
        this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, host.manners().longestWait());
        this.outage = new Outage(host.manners().patience());
    }

    TransferSummary run(Iterator<WantedFile> wanted, Progress.Phase phase) throws IOException, InterruptedException {
        try {
            while (wanted.hasNext() || running > 0 || !later.isEmpty()) {
                start(wanted, phase);
                List<Done> next = done.take(Math.max(1, Math.min(running / 2, WORTH_WAKING)), LOOK_MILLIS);
                phase.add(0, 0);
                for (Done each : next) {
                    take(each, phase);
                }
            }
            return summary.of(requests);
        } finally {
            end();
        }
    }

    /** Some more than are asked for at once: what has come is verified while the next comes. */
    private void start(Iterator<WantedFile> wanted, Progress.Phase phase) throws IOException {
        servers.limit(load.limit());
        int most = load.limit() * (1 + BESIDE_EACH);
        while (running < most && System.nanoTime() - restUntil >= 0) {
            Job first = later.peek();
            if (first != null && isDue(first)) {
                begin(later.remove(), phase);
            } else if (later.size() < 2 * Manners.MOST_CONNECTIONS && wanted.hasNext()) {
                WantedFile next = wanted.next();
                begin(new Job(next, address(next), 0, 1, restUntil), phase);
            } else {
                return;
            }
        }
    }

    private boolean isDue(Job job) {
        return outage.givenUp().isPresent() || System.nanoTime() - job.due() >= 0;
    }

    private URI address(WantedFile wanted) {
        return host.survey().file(wanted.name()).uri();
    }

    private void begin(Job job, Progress.Phase phase) throws IOException {
        Optional<String> lost = outage.givenUp();
        if (lost.isPresent()) {
            report(new Arrival.Failed(job.wanted().name(), lost.get()), phase);
            return;
        }
        running++;
        requests++;
        if (servers.knows(job.uri())) {
            ask(job);
        } else {
            waiting.execute(() -> ask(job)); // looking a name up takes its time
        }
    }

    private void ask(Job job) {
        long began = System.nanoTime();
        Body body = new Body(ready -> hand(job, ready, System.nanoTime() - began));
        open.add(body);
        try {
            servers.ask(job.uri(), job.wanted(), body);
        } catch (IOException e) {
            open.remove(body);
            done.add(new Done(job, unasked(job, e), e, System.nanoTime() - began));
        }
    }

    /** Null if nothing of the server is the reason. */
    private static @Nullable Outcome unasked(Job job, IOException e) {
        if (e instanceof Reach.Refused) {
            return new Outcome.Lost(Fault.Kind.REFUSED, String.valueOf(e.getMessage()));
        }
        return e instanceof UnknownHostException
                ? new Outcome.Lost(Fault.Kind.UNREACHABLE, "'" + job.uri().getHost() + "' has no address")
                : null;
    }

    private void hand(Job job, Body body, long nanos) {
        handing.lock();
        try {
            if (body.isWhole()) {
                finishing.execute(() -> done.add(work(job, body, nanos)));
            } else {
                waiting.execute(() -> done.add(work(job, body, nanos)));
            }
        } catch (RejectedExecutionException e) {
            body.close(); // the round is over
        } finally {
            handing.unlock();
        }
    }

    /** Returns when nobody writes any more, or hangs. */
    private void end() throws InterruptedException {
        finishing.shutdownNow();
        waiting.shutdownNow();
        long patience = host.manners().silence().toMillis();
        finishing.awaitTermination(patience, TimeUnit.MILLISECONDS);
        waiting.awaitTermination(patience, TimeUnit.MILLISECONDS);
        if (handing.tryLock(patience, TimeUnit.MILLISECONDS)) {
            handing.unlock();
        }
        open.forEach(Body::close);
    }

    private Done work(Job job, Body body, long nanos) {
        try {
            Outcome outcome = new Attempt(landing, job.wanted(), job.uri(), body).call();
            return new Done(job, outcome, null, nanos);
        } catch (IOException | InterruptedException | RuntimeException e) {
            return new Done(job, null, e, nanos);
        } finally {
            open.remove(body);
        }
    }

    private void take(Done next, Progress.Phase phase) throws IOException {
        running--;
        Outcome outcome = next.outcome();
        if (outcome == null) {
            throw new IOException(
                    "'" + next.job().wanted().name() + "' cannot be written: " + next.failure(), next.failure());
        }
        Job job = next.job();
        load.took(outcome, next.nanos());
        int most = host.manners().tries();
        Verdict verdict =
                Verdict.of(job.wanted(), job.uri(), job.redirects(), job.tries(), most, outcome, Instant.now());
        if (job.redirects() == 0 && !(outcome instanceof Outcome.Lost)) {
            outage.ended();
        }
        follow(verdict, job, phase);
    }

    private void follow(Verdict verdict, Job job, Progress.Phase phase) throws IOException {
        if (verdict instanceof Verdict.Report report) {
            report(report.arrival(), phase);
        } else if (verdict instanceof Verdict.Follow redirect) {
            later.add(new Job(job.wanted(), redirect.to(), job.redirects() + 1, job.tries(), System.nanoTime()));
        } else if (verdict instanceof Verdict.Again again) {
            retry(again, job);
        } else if (verdict instanceof Verdict.Unreachable unreachable) {
            int failures = outage.goesOn(unreachable.reason(), System.nanoTime());
            later.add(new Job(job.wanted(), job.uri(), 0, job.tries(), inTime(pause(failures, Optional.empty()))));
        } else if (verdict instanceof Verdict.GiveUp end) {
            outage.giveUp(end.reason());
            report(new Arrival.Failed(job.wanted().name(), end.reason()), phase);
        }
    }

    private void retry(Verdict.Again again, Job job) {
        long due = inTime(pause(job.tries(), again.asked()));
        later.add(job.again(address(job.wanted()), due));
        if (again.busy()) {
            load.busy();
        }
        if (again.busy() && again.asked().isPresent() && due - restUntil > 0) {
            restUntil = due; // it has asked for rest from all
            servers.rest(due);
        }
    }

    private Duration pause(int failures, Optional<Duration> asked) {
        return backoff.pause(failures, asked, ThreadLocalRandom.current().nextDouble());
    }

    private static long inTime(Duration pause) {
        return System.nanoTime() + pause.toNanos();
    }

    private void report(Arrival arrival, Progress.Phase phase) throws IOException {
        summary = summary.with(arrival);
        arrivals.accept(arrival);
        if (arrival instanceof Arrival.Stored file) {
            landing.done(file.name(), file.record()); // last: what is noted as done is not looked at again
        }
        phase.add(1, arrival instanceof Arrival.Stored file ? file.record().bytes() : 0);
    }
}
