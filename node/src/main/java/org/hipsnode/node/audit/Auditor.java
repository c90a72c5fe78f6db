package org.hipsnode.node.audit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hipsnode.check.Defect;
import org.hipsnode.check.ManifestCheck;
import org.hipsnode.check.Reading;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.io.ReadGate;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.progress.Progress;
import org.hipsnode.serve.partner.Fixity;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.LockedException;

/** Audits surveys: reads all there is of each, compares it with the manifest, and has repaired what is not the same. */
public final class Auditor {
    /** So many names are told in a line. */
    private static final int MOST_NAMES = 3;

    /** More are counted, and found by the next audit. */
    private static final int MOST_FLAWS = 100_000;

    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOCKED_TRIES = 60;
    private static final long LOCKED_SECONDS = 10;

    private final ReadGate gate;
    private final int workers;
    private final Clock clock;

    /**
     * Prepares to audit.
     *
     * @param gate that all that is read passes
     * @param workers threads that read
     */
    public Auditor(ReadGate gate, int workers, Clock clock) {
        this.gate = gate;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * A survey that is to be audited.
     *
     * @param repair how it can be put right
     * @param before how far an audit of it had come that did not end
     */
    public record Task(String path, Path folder, Optional<Repair> repair, Optional<Unfinished> before) {}

    /**
     * Audits a survey.
     *
     * @param keeper is told now and then how far the audit has come, and when it is cancelled
     * @throws CancellationException if the progress was cancelled
     */
    public Audit audit(Task task, Progress progress, Consumer<Unfinished> keeper) throws InterruptedException {
        Instant start = clock.instant();
        try {
            Optional<ManifestRoot> root = new ManifestReader(new FolderStore(task.folder())).root();
            return root.isEmpty()
                    ? ended(subject(task), start, Audit.Result.UNPROVEN, Audit.NOTHING, List.of(), noManifest(task))
                    : audit(task, root.get(), progress, keeper);
        } catch (MalformedDataException e) {
            Flaw flaw = new Flaw(Defect.Kind.DAMAGED, ManifestName.ROOT, String.valueOf(e.getMessage()));
            return judged(task, subject(task), start, Audit.NOTHING, List.of(flaw), progress);
        } catch (IOException e) {
            return failed(subject(task), start, e);
        }
    }

    private static Audit.Subject subject(Task task) {
        return new Audit.Subject(task.path(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String noManifest(Task task) {
        return "it has no manifest to compare with; if its files are good, make one: hipsnode verify " + task.folder()
                + " --make";
    }

    private Audit ended(
            Audit.Subject subject,
            Instant start,
            Audit.Result result,
            Fixity.Counts counts,
            List<Flaw> flaws,
            String message) {
        return new Audit(subject, start, clock.instant(), result, counts, flaws, message);
    }

    private Audit failed(Audit.Subject subject, Instant start, IOException e) {
        return ended(subject, start, Audit.Result.FAILED, Audit.NOTHING, List.of(), String.valueOf(e.getMessage()));
    }

    private Audit audit(Task task, ManifestRoot root, Progress progress, Consumer<Unfinished> keeper)
            throws InterruptedException {
        String digest = root.digest().toString();
        Audit.Subject subject = new Audit.Subject(
                task.path(),
                root.head().creatorDid(),
                root.head().releaseDate(),
                Optional.of(digest),
                Optional.of(root.content().toString()));
        Examination examination = new Examination(task.before()
                .filter(b -> b.path().equals(task.path()) && b.manifest().equals(digest))
                .orElseGet(() -> new Unfinished(task.path(), digest, clock.instant(), 0, List.of())));
        Instant start = examination.begun.start();
        try {
            examination.run(task.folder(), progress, keeper);
        } catch (IOException e) {
            return isStill(task.folder(), root)
                    ? failed(subject, start, e)
                    : ended(subject, start, Audit.Result.CHANGED, Audit.NOTHING, List.of(), changed());
        }
        if (!isStill(task.folder(), root)) {
            return ended(subject, start, Audit.Result.CHANGED, Audit.NOTHING, List.of(), changed());
        }
        Fixity.Counts counts = new Fixity.Counts(root.fileCount(), root.totalBytes(), 0, 0, 0, 0);
        return judged(task, subject, start, counts, examination.flaws, progress);
    }

    private static String changed() {
        return "it became another release meanwhile, which is audited next";
    }

    private static boolean isStill(Path folder, ManifestRoot root) {
        try {
            return new ManifestReader(new FolderStore(folder))
                    .root()
                    .filter(now -> now.digest().equals(root.digest()))
                    .isPresent();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return e instanceof MalformedDataException; // damaged meanwhile, which is no other release
        }
    }

    /** Reads a survey, and notes how far it has come. */
    private final class Examination {
        private final Unfinished begun;
        private final List<Flaw> flaws;
        private final Set<String> known = new TreeSet<>();
        private long done;
        private long kept = System.nanoTime();

        Examination(Unfinished begun) {
            this.begun = begun;
            this.done = begun.done();
            this.flaws = new ArrayList<>(begun.flaws());
            flaws.forEach(flaw -> known.add(flaw.name()));
        }

        void run(Path folder, Progress progress, Consumer<Unfinished> keeper) throws IOException {
            ReadGate stopping = bytes -> {
                if (progress.isCancelled()) {
                    throw new CancellationException("cancelled");
                }
                gate.pass(bytes);
            };
            try {
                ManifestCheck.check(
                        folder,
                        workers,
                        progress,
                        new Reading(begun.done(), stopping, now -> done(now, keeper)),
                        this::add);
            } catch (CancellationException e) {
                keeper.accept(state());
                throw e;
            } catch (IOException e) {
                if (progress.isCancelled()) {
                    keeper.accept(state());
                    throw new CancellationException("cancelled");
                }
                throw e;
            }
        }

        private void done(long now, Consumer<Unfinished> keeper) {
            done = now;
            if (System.nanoTime() - kept > KEEP_NANOS) {
                keeper.accept(state());
                kept = System.nanoTime();
            }
        }

        private Unfinished state() {
            return new Unfinished(begun.path(), begun.manifest(), begun.start(), done, flaws);
        }

        private void add(Defect defect) {
            if (defect.isSerious() && flaws.size() < MOST_FLAWS && known.add(defect.name())) {
                flaws.add(Flaw.of(defect));
            }
        }
    }

    private Audit judged(
            Task task, Audit.Subject subject, Instant start, Fixity.Counts read, List<Flaw> flaws, Progress progress)
            throws InterruptedException {
        if (flaws.isEmpty()) {
            return ended(subject, start, Audit.Result.GOOD, read, flaws, "");
        }
        Repair.Outcome outcome = repaired(task, flaws, progress);
        Fixity.Counts counts = new Fixity.Counts(
                read.files(),
                read.bytes(),
                count(flaws, Defect.Kind.DAMAGED),
                count(flaws, Defect.Kind.MISSING),
                count(flaws, Defect.Kind.ADDED),
                outcome.files());
        Audit.Result result = counts.repaired() == counts.bad() ? Audit.Result.REPAIRED : Audit.Result.DAMAGED;
        String message = counts.damaged() + " damaged, " + counts.missing() + " missing, " + counts.added() + " added, "
                + counts.repaired() + " repaired (" + names(flaws) + "); " + outcome.message();
        return ended(subject, start, result, counts, flaws, message);
    }

    private static String names(List<Flaw> flaws) {
        String first = flaws.stream().limit(MOST_NAMES).map(Flaw::name).collect(Collectors.joining(", "));
        return flaws.size() > MOST_NAMES ? first + " and " + (flaws.size() - MOST_NAMES) + " more" : first;
    }

    private static long count(List<Flaw> flaws, Defect.Kind kind) {
        return flaws.stream().filter(flaw -> flaw.kind() == kind).count();
    }

    private Repair.Outcome repaired(Task task, List<Flaw> flaws, Progress progress) throws InterruptedException {
        if (task.repair().isEmpty()) {
            return new Repair.Outcome(0, "nothing says from where it can be repaired");
        }
        Set<String> bad = new TreeSet<>();
        Set<String> added = new TreeSet<>();
        flaws.forEach(flaw -> (flaw.kind() == Defect.Kind.ADDED ? added : bad).add(flaw.name()));
        try {
            return patiently(task.repair().get(), bad, added, progress);
        } catch (InterruptedIOException e) {
            throw new InterruptedException(e.getMessage());
        } catch (IOException e) {
            return new Repair.Outcome(0, "it could not be repaired: " + e.getMessage());
        }
    }

    /** A run that has the survey may take a while. */
    private static Repair.Outcome patiently(Repair repair, Set<String> bad, Set<String> added, Progress progress)
            throws IOException, InterruptedException {
        for (int i = 1; ; i++) {
            try {
                return repair.run(bad, added, progress);
            } catch (LockedException e) {
                if (i == LOCKED_TRIES) {
                    throw e;
                }
                if (progress.isCancelled()) {
                    throw new CancellationException("cancelled");
                }
                TimeUnit.SECONDS.sleep(LOCKED_SECONDS);
            }
        }
    }
}
