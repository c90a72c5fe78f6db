package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hipsnode.faults.Fault;
import org.hipsnode.faults.SmallSurvey;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.pull.Mirror;
import org.hipsnode.mirror.pull.MirrorPolicy;
import org.hipsnode.mirror.pull.MirrorReport;
import org.hipsnode.mirror.pull.MirrorReport.Result;
import org.hipsnode.mirror.pull.MirrorRequest;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.mirror.transfer.Manners;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults of the server and kills of the program, over repeated runs of a mirror whose source publishes release after release: each
 * ends in the source's release, byte for byte, and at no moment was anything else to be seen.
 *
 * <p>The long form: {@code mvn verify -Dit.test=ChaosIT -Dhipsnode.chaos=200}; {@code -Dhipsnode.chaos.seed=N} replays what was
 * printed.
 */
class ChaosIT {
    private static final int DISTURBANCES = Integer.getInteger("hipsnode.chaos", 18);
    private static final long SEED = Long.getLong("hipsnode.chaos.seed", 20_261_128);
    private static final List<String> REWRITTEN = List.of("hips_status", "hips_service_url", "moc_access_url");

    @ParameterizedTest(name = "with a manifest: {0}")
    @ValueSource(booleans = {true, false})
    void everyDisturbedRunEndsInTheSourcesReleaseAndNothingElseIsEverSeen(boolean listed, @TempDir Path folder)
            throws Exception {
        int wanted = listed ? DISTURBANCES - DISTURBANCES / 3 : DISTURBANCES / 3;
        System.out.printf("chaos: seed %d, %d disturbances, manifest %s%n", SEED, wanted, listed);
        Path copy = folder.resolve("copies/sky");
        try (ChaosSource source = new ChaosSource(folder.resolve("source"), listed);
                ChaosWatch watch = new ChaosWatch(copy, source.releases())) {
            Chaos chaos = new Chaos(source, copy, listed);
            chaos.settle();
            int done = 0;
            for (int i = 0; done < wanted && i < 4 * wanted; i++) {
                done += chaos.disturb() ? 1 : 0;
                chaos.settle();
                assertThat(watch.complaints())
                        .as("seed %d, after disturbance %d", SEED, done)
                        .isEmpty();
            }
            assertThat(done).isEqualTo(wanted);
            assertThat(watch.looks()).isGreaterThan(wanted);
            System.out.printf(
                    "chaos: %d releases; %d looks, each at a whole one; %s%n",
                    source.releases().size(), watch.looks(), chaos.counts);
        }
    }

    /** The mirror that is disturbed. */
    private static final class Chaos {
        private final Random random = new Random(SEED);
        private final Map<String, Integer> counts = new TreeMap<>();
        private final ChaosSource source;
        private final Path copy;
        private final boolean listed;

        Chaos(ChaosSource source, Path copy, boolean listed) {
            this.source = source;
            this.copy = copy;
            this.listed = listed;
        }

        /** One run that is disturbed; false if it ended before. */
        private boolean disturb() throws Exception {
            if (random.nextInt(6) == 0) {
                forget();
            }
            if (random.nextInt(3) > 0) {
                source.publish(random);
            }
            if (random.nextInt(4) == 0) {
                long seed = random.nextLong();
                source.at(request(), (request, honest) -> {
                    source.publish(new Random(seed));
                    return honest.to(request);
                });
            }
            int kind = random.nextInt(10);
            return kind < 2 ? kill() : kind < 3 ? outage() : fault();
        }

        /** Loses the copy, so that the next run is a first one. */
        private void forget() throws IOException {
            Path lost = copy.resolveSibling("lost");
            Files.move(copy, lost, StandardCopyOption.ATOMIC_MOVE);
            AtomicFiles.deleteTree(lost);
        }

        private int request() {
            return 1 + random.nextInt(random.nextBoolean() ? 10 : 100);
        }

        private boolean fault() throws InterruptedException {
            Fault[] all = Fault.values();
            Fault fault = all[random.nextInt(all.length)];
            if (!listed && fault.isHiddenWithoutDigest()) {
                return false;
            }
            int times = fault.isHiddenWithoutDigest() ? 1 : 1 + random.nextInt(3);
            boolean[] happened = new boolean[1];
            int first = request();
            for (int i = 0; i < times; i++) {
                source.at(first + i, (request, honest) -> {
                    happened[0] = true;
                    boolean waits = fault == Fault.STALL || fault == Fault.SLOW_LORIS;
                    // the program gives a list minutes, since it may be long
                    Fault told = waits && !request.path().contains("/Norder") ? Fault.RESET : fault;
                    return told.of(honest.content(request).orElseThrow());
                });
            }
            String end = runInProcess();
            return noted(happened[0], fault + " x" + times + " from request " + first, end);
        }

        private boolean noted(boolean happened, String what, String end) throws InterruptedException {
            source.calm();
            if (happened) {
                counts.merge(what.split(" ")[0], 1, Integer::sum);
                System.out.printf("chaos: %s: %s%n", what, end);
            }
            return happened;
        }

        private boolean outage() throws InterruptedException {
            long millis = 100L + random.nextInt(900);
            boolean[] happened = new boolean[1];
            CompletableFuture<?>[] back = {CompletableFuture.completedFuture(null)};
            source.at(request(), (request, honest) -> {
                happened[0] = true;
                source.server().goAway();
                back[0] = CompletableFuture.runAsync(
                        this::comeBack, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
                return honest.to(request);
            });
            String end = runInProcess();
            back[0].join();
            return noted(happened[0], "OUTAGE of " + millis + " ms", end);
        }

        private void comeBack() {
            try {
                source.server().comeBack();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Kills the program at a request, or at a time when there is none in between. */
        private boolean kill() throws Exception {
            Process process = new ProcessBuilder(
                            Program.command("mirror", source.address(), "--to", copy, "--yes", "--quiet"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int at = request();
            boolean late = random.nextBoolean();
            long millis = random.nextInt(150);
            source.at(at, (request, honest) -> {
                CompletableFuture.delayedExecutor(late ? millis : 0, TimeUnit.MILLISECONDS)
                        .execute(process::destroyForcibly);
                return honest.to(request);
            });
            assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
            boolean killed = process.exitValue() == 137;
            return noted(killed, "KILL at request " + at + (late ? " and " + millis + " ms" : ""), "killed");
        }

        private String runInProcess() {
            try {
                return run(manners -> manners.withTries(2)
                                .withSilence(Duration.ofMillis(300))
                                .withPatience(Duration.ofSeconds(3)))
                        .result()
                        .toString();
            } catch (IOException e) {
                return "failed: " + String.valueOf(e.getMessage()).replace(source.address(), "SOURCE");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }

        private MirrorReport run(Function<Manners, Manners> change) throws IOException, InterruptedException {
            WebAddress address = WebAddress.parse(source.address()).orElseThrow();
            Host host = Host.of(address, "test").with(change.apply(Manners.usual("test")));
            MirrorRequest request = new MirrorRequest(
                    host, copy, Selection.ALL, Optional.empty(), new MirrorPolicy(10, true, false, false));
            return new Mirror(request, new HttpFiles("test"), Clock.systemUTC()).run(1, new Progress(System::nanoTime));
        }

        /** A run that nothing disturbs ends in the release that the source has. */
        private void settle() throws IOException, InterruptedException {
            MirrorReport report = run(Function.identity());
            assertThat(report.result()).as("%s", report).isIn(Result.PUBLISHED, Result.UNCHANGED);
            assertThat(SmallSurvey.files(copy).equals(source.releases().get(source.date())))
                    .as("the files are those of the release of %s", source.date())
                    .isTrue();
            assertThat(lines(copy)).isEqualTo(lines(source.released()));
            assertThat(copy.resolveSibling(".sky.hipsnode")).doesNotExist();
        }

        private static String lines(Path survey) throws IOException {
            return HipsProperties.parse(Files.readAllBytes(survey.resolve("properties")), "properties")
                    .toString()
                    .lines()
                    .filter(line -> REWRITTEN.stream().noneMatch(line::startsWith))
                    .collect(Collectors.joining("\n"));
        }
    }
}
