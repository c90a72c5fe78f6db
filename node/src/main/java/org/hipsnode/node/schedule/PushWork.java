package org.hipsnode.node.schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.mirror.push.NodeTarget;
import org.hipsnode.mirror.push.Push;
import org.hipsnode.mirror.push.PushPlan;
import org.hipsnode.mirror.push.PushTarget;
import org.hipsnode.mirror.remote.PushConnection;
import org.hipsnode.node.config.Credential;
import org.hipsnode.node.plan.NodePlan;
import org.hipsnode.node.plan.PushStep;
import org.hipsnode.node.show.Quantities;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.SurveyStore;

/** Pushes surveys of a node to others, or tells what that would be. */
final class PushWork {
    private static final String PROPERTIES = "properties";

    /** Of the tiles that the other node found damaged so many are told of. */
    private static final int MOST_LINES = 3;

    private final String userAgent;
    private final Clock clock;

    /**
     * Prepares.
     *
     * @param userAgent by which the other nodes' operators can tell us
     */
    PushWork(String userAgent, Clock clock) {
        this.userAgent = userAgent;
        this.clock = clock;
    }

    /** What is to be done, and by what. */
    private record Prepared(PushStep step, Optional<Push> push) {}

    /** How a push has ended, before it is told who pushed what. */
    private record Ended(PushRun.Result result, String message, Optional<String> release, long files, long bytes) {
        static final Ended PAUSED = of(PushRun.Result.PAUSED, "its hours are over: it goes on in the next ones");

        static Ended of(PushRun.Result result, String message) {
            return new Ended(result, message, Optional.empty(), 0, 0);
        }
    }

    /**
     * Pushes a survey, if it is to be pushed; one whose progress is cancelled is paused.
     *
     * @param pushed release that was last pushed there from here
     * @throws InterruptedException if the node ends
     */
    PushRun run(Parcel parcel, Path folder, Optional<String> pushed, Progress progress) throws InterruptedException {
        Instant start = clock.instant();
        Optional<Digest> ours = Optional.empty();
        Ended ended;
        try {
            ours = root(new FolderStore(folder)).map(ManifestRoot::digest);
            ended = push(parcel, folder, pushed, progress);
        } catch (IOException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            ended = progress.isCancelled() ? Ended.PAUSED : stopped(e, isAnother(folder, ours));
        }
        return new PushRun(
                parcel.path(),
                parcel.address().toString(),
                start,
                clock.instant(),
                ended.result(),
                ended.message(),
                ended.release(),
                ended.files(),
                ended.bytes());
    }

    private static Ended stopped(Exception e, boolean overtaken) {
        return overtaken
                ? Ended.of(PushRun.Result.OVERTAKEN, "another release was published meanwhile")
                : Ended.of(PushRun.Result.FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
    }

    private static boolean isAnother(Path folder, Optional<Digest> before) {
        try {
            Optional<Digest> now = root(new FolderStore(folder)).map(ManifestRoot::digest);
            return now.isPresent() && !now.equals(before);
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<ManifestRoot> root(SurveyStore survey) throws IOException {
        return new ManifestReader(survey).root();
    }

    private Ended push(Parcel parcel, Path folder, Optional<String> pushed, Progress progress) throws IOException {
        try (PushTarget target = target(parcel)) {
            Prepared prepared = prepare(parcel, folder, pushed, target);
            String why = prepared.step().why();
            return switch (prepared.step().action()) {
                case SEND -> send(prepared.push().orElseThrow(), parcel, progress);
                case NOTHING -> Ended.of(PushRun.Result.UNCHANGED, why);
                case LEAVE -> Ended.of(PushRun.Result.LEFT, why);
                case REFUSE -> Ended.of(PushRun.Result.REFUSED, why);
            };
        }
    }

    private PushTarget target(Parcel parcel) throws IOException {
        return new NodeTarget(new PushConnection(
                parcel.address(),
                Credential.read(parcel.partner().credential(), parcel.partner().to()),
                userAgent));
    }

    private static Prepared prepare(Parcel parcel, Path folder, Optional<String> pushed, PushTarget target)
            throws IOException {
        HipsStatus ours = status(new FolderStore(folder)).orElse(HipsStatus.DEFAULT);
        Optional<PushStep> early = PushStep.ofStatus(ours, parcel.partner(), parcel.path());
        if (early.isPresent()) {
            return new Prepared(early.get(), Optional.empty());
        }
        Push push = Push.prepare(folder, target, Push.Keeping.AS_COPY);
        PushStep step = PushStep.of(ours, parcel.partner(), push.plan(), there(target), pushed);
        return new Prepared(step, Optional.of(push));
    }

    private static PushStep.There there(PushTarget target) throws IOException {
        SurveyStore there = target.there();
        try {
            return new PushStep.There(status(there), root(there).map(ManifestRoot::digest));
        } catch (MalformedDataException e) {
            return new PushStep.There(Optional.empty(), Optional.empty());
        }
    }

    private static Optional<HipsStatus> status(SurveyStore survey) throws IOException {
        Optional<byte[]> bytes = survey.read(PROPERTIES, HipsProperties.MAX_BYTES);
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new SurveyProperties(HipsProperties.parse(bytes.get(), survey + "/" + PROPERTIES)).status());
    }

    private static Ended send(Push push, Parcel parcel, Progress progress) throws IOException {
        if (!push.check().allowsCopy(parcel.partner().acceptsDefects())) {
            return Ended.of(
                    PushRun.Result.DEFECTIVE,
                    "tiles of it break the standard: see hipsnode lint; accept-defects pushes it all the same");
        }
        Push.Result result = push.run(parcel.partner().connections(), progress);
        return result.refusal().isPresent()
                ? new Ended(
                        PushRun.Result.DEFECTIVE,
                        "it was not published there: "
                                + firstLines(result.refusal().get()),
                        Optional.empty(),
                        result.files(),
                        result.bytes())
                : new Ended(
                        PushRun.Result.PUBLISHED,
                        "sent " + Quantities.count(result.files(), "file") + ", "
                                + Quantities.bytes((double) result.bytes()),
                        Optional.of(push.plan().release().toString()),
                        result.files(),
                        result.bytes());
    }

    private static String firstLines(String text) {
        return text.lines().limit(MOST_LINES).collect(Collectors.joining("; "));
    }

    /** Returns what a push would be; nothing is written here or there. */
    NodePlan.Delivery plan(Parcel parcel, Path folder, Optional<String> pushed) {
        try (PushTarget target = target(parcel)) {
            Prepared prepared = prepare(parcel, folder, pushed, target);
            return delivery(parcel, prepared.step(), prepared.push().map(Push::plan));
        } catch (IOException e) {
            return delivery(
                    parcel, new PushStep(PushStep.Action.REFUSE, String.valueOf(e.getMessage())), Optional.empty());
        }
    }

    private static NodePlan.Delivery delivery(Parcel parcel, PushStep step, Optional<PushPlan> plan) {
        return new NodePlan.Delivery(parcel.path(), parcel.address().toString(), step, plan.map(PushPlan::difference));
    }
}
