package org.hipsnode.mirror.push;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hipsnode.check.Findings;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.work.OrderedWork;

/** One of our surveys on its way to another place: first a plan, then the doing. */
public final class Push {
    private final ReleaseFiles files;
    private final PushTarget target;
    private final PushPlan plan;

    /** What the copy says of itself. */
    public enum Keeping {
        /** That it is a copy, as the standard has it. */
        AS_COPY,
        /** Every byte as it is here: for another machine of the same house, so that the survey moves there. */
        EVERY_BYTE
    }

    /**
     * What became of a push.
     *
     * @param files how many were sent, the manifest's own too
     * @param bytes of these
     * @param refusal why the other side did not publish the release; empty if it did
     */
    public record Result(long files, long bytes, Optional<String> refusal) {}

    private Push(ReleaseFiles files, PushTarget target, PushPlan plan) {
        this.files = files;
        this.target = target;
        this.plan = plan;
    }

    /**
     * Decides what is to be done.
     *
     * @param folder of the survey
     */
    public static Push prepare(Path folder, PushTarget target, Keeping keeping) throws IOException {
        SurveyStore ours = new FolderStore(folder);
        SurveyStore place = target.there();
        HipsProperties list = properties(ours);
        HipsProperties copied = keeping == Keeping.AS_COPY ? CopyProperties.of(list) : list;
        byte[] properties = keeping == Keeping.AS_COPY ? copied.toBytes() : bytes(ours);
        ManifestRoot root = root(ours).withFile(ReleaseFiles.PROPERTIES, properties);
        Optional<ManifestRoot> there = rootThere(place);
        PushPlan plan = new PushPlan(
                root.head().creatorDid(),
                PushPermission.of(new SurveyProperties(list).status()),
                root.digest(),
                Comparison.of(ours, root, place, there),
                going(root, there));
        return new Push(new ReleaseFiles(folder, root, properties), target, plan);
    }

    private static HipsProperties properties(SurveyStore survey) throws IOException {
        return HipsProperties.parse(bytes(survey), survey + "/" + ReleaseFiles.PROPERTIES);
    }

    private static byte[] bytes(SurveyStore survey) throws IOException {
        return survey.read(ReleaseFiles.PROPERTIES, HipsProperties.MAX_BYTES)
                .orElseThrow(
                        () -> new ConfigException("'" + survey + "': expected a survey's folder, found no properties"));
    }

    private static ManifestRoot root(SurveyStore survey) throws IOException {
        return new ManifestReader(survey)
                .root()
                .orElseThrow(() -> new ConfigException("'" + survey + "': expected a survey with a manifest, found no "
                        + ManifestName.ROOT + "; if the files are good, make one: hipsnode verify " + survey
                        + " --make"));
    }

    private static Optional<ManifestRoot> rootThere(SurveyStore there) throws IOException {
        try {
            return new ManifestReader(there).root();
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    /** Dates of one form are compared as texts (standards.md §2.4). */
    private static PushPlan.Going going(ManifestRoot root, Optional<ManifestRoot> there) {
        String ours = root.head().releaseDate().orElse("");
        String theirs = there.flatMap(t -> t.head().releaseDate()).orElse("");
        return theirs.compareTo(ours) > 0 ? PushPlan.Going.BACK : PushPlan.Going.FORWARD;
    }

    public PushPlan plan() {
        return plan;
    }

    /** Looks our survey over, so that damage is found before anything is sent. */
    public Findings check() throws IOException {
        return SurveyCheck.check(files.store(), Optional.empty());
    }

    /** Sends what the other side lacks, and has it published there. */
    public Result run(int connections, Progress progress) throws IOException {
        boolean nothingToDo = plan.difference().same() && !target.looksAtAll();
        if (nothingToDo || !target.begin(files)) {
            return new Result(0, 0, Optional.empty());
        }
        long sent;
        long bytes;
        try (Progress.Phase phase =
                progress.begin("push", "files", plan.difference().send().files())) {
            send(connections, phase);
            sent = phase.done();
            bytes = phase.bytes();
        }
        return new Result(sent, bytes, target.publish());
    }

    private void send(int connections, Progress.Phase phase) throws IOException {
        for (Optional<List<String>> names = target.wanted(); names.isPresent(); names = target.wanted()) {
            phase.add(0, 0); // a chance to stop
            try (OrderedWork<Long> work = new OrderedWork<>(connections, bytes -> phase.add(1, bytes))) {
                for (String name : names.get()) {
                    work.give(() -> send(name));
                }
                work.finish();
            }
        }
    }

    private long send(String name) throws IOException {
        target.put(name, files);
        Optional<byte[]> own = files.own(name);
        return own.isPresent() ? own.get().length : java.nio.file.Files.size(files.file(name));
    }
}
