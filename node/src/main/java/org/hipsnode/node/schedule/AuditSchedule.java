package org.hipsnode.node.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.ReadRate;
import org.hipsnode.node.audit.Audit;
import org.hipsnode.node.audit.Auditor;
import org.hipsnode.node.audit.SurveyFolders;
import org.hipsnode.node.audit.Unfinished;
import org.hipsnode.node.config.Verifying;
import org.hipsnode.progress.Progress;
import org.hipsnode.serve.partner.Fixity;

/**
 * Audits the surveys of a node one after the other, by one thread that reads no faster than it may.
 *
 * <p>How far it has come is written down, so an audit of weeks is gone on with by the next start.
 */
final class AuditSchedule implements AutoCloseable {
    private static final String UNFINISHED = "audit.json";
    private static final long LOOK_MILLIS = 5000;
    private static final long MOST_MILLIS_TO_END = 5000;

    private final Path data;
    private final Path unfinished;
    private final Verifying verifying;
    private final AuditWork work;
    private final AuditBoard board;
    private final RunHistory history;
    private final Alert alert;
    private final Consumer<String> messages;
    private final Clock clock;
    private final Auditor auditor;
    private final LongAdder read = new LongAdder();
    private final Thread thread = new Thread(this::audit, "hipsnode-audits");
    private final Progress progress = new Progress(System::nanoTime);

    /**
     * Prepares audits.
     *
     * @param data folder of the surveys
     * @param folder where it is written down how far an audit has come
     */
    AuditSchedule(
            Path data,
            Path folder,
            Verifying verifying,
            AuditWork work,
            RunHistory history,
            Alert alert,
            Consumer<String> messages,
            Clock clock)
            throws IOException {
        this.data = data;
        this.unfinished = folder.resolve(UNFINISHED);
        this.verifying = verifying;
        this.work = work;
        this.history = history;
        this.alert = alert;
        this.messages = messages;
        this.clock = clock;
        this.board = new AuditBoard(verifying, past(history), clock);
        ReadRate rate = new ReadRate(verifying.rate().orElse(Verifying.USUAL_RATE));
        this.auditor = new Auditor(
                bytes -> {
                    rate.pass(bytes);
                    read.add(bytes);
                },
                1,
                clock);
    }

    private static List<Audit> past(RunHistory history) throws IOException {
        return history.read(RunHistory.AUDITS).stream()
                .flatMap(line -> Audit.parse(line).stream())
                .filter(audit -> audit.result().isKnown())
                .toList();
    }

    boolean isWanted() {
        return verifying.isWanted();
    }

    long bytesRead() {
        return read.sum();
    }

    void start() {
        if (verifying.isWanted()) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    List<Fixity> audits() {
        return board.audits();
    }

    long changes() {
        return board.changes();
    }

    private void audit() {
        try {
            while (!progress.isCancelled()) {
                auditNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node ends
        } catch (CancellationException e) {
            return; // likewise, and it is written down how far it came
        }
    }

    private void auditNext() throws InterruptedException {
        try {
            Optional<Unfinished> begun = begun();
            Optional<AuditBoard.Due> next = next(begun.map(Unfinished::path));
            if (board.running().isPresent() && next.isPresent()) {
                audit(next.get(), begun);
            } else {
                Thread.sleep(millisUntil(next));
            }
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            messages.accept("audits go on after a fault of this program: " + e);
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** A survey may be added before the next is due. */
    private long millisUntil(Optional<AuditBoard.Due> next) {
        long until = next.map(
                        due -> Duration.between(clock.instant(), due.when()).toMillis() + 1)
                .orElse(LOOK_MILLIS);
        return Math.max(1, Math.min(LOOK_MILLIS, until));
    }

    private Optional<AuditBoard.Due> next(Optional<String> begun) {
        try {
            return board.next(SurveyFolders.beneath(data), begun);
        } catch (IOException e) {
            messages.accept("audits: '" + data + "' cannot be looked through: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void audit(AuditBoard.Due due, Optional<Unfinished> begun) throws InterruptedException {
        Audit audit = auditor.audit(work.task(due.path(), due.folder(), begun), progress, this::keep);
        Optional<Audit> before = board.done(audit);
        forget();
        boolean asBefore = audit.result() == Audit.Result.UNPROVEN
                && before.filter(b -> b.result() == Audit.Result.UNPROVEN).isPresent();
        if (!asBefore) {
            messages.accept("audit of " + audit.path() + ": " + audit.line());
        }
        if (audit.result().isKnown()) {
            keep(audit);
            tell(audit, before);
        }
    }

    private void keep(Audit audit) {
        try {
            history.add(audit);
        } catch (IOException e) {
            messages.accept("the history cannot be written: " + e.getMessage());
        }
    }

    /** Tells the operator of all damage, and once when a survey is well again. */
    private void tell(Audit audit, Optional<Audit> before) throws InterruptedException {
        boolean wasBad = before.filter(b -> b.result() == Audit.Result.DAMAGED).isPresent();
        boolean tells = audit.result() == Audit.Result.DAMAGED || audit.result() == Audit.Result.REPAIRED;
        try {
            if (tells) {
                alert.tell(audit.path(), audit.result().word(), audit.message());
            } else if (wasBad && audit.result().isRight()) {
                alert.tell(audit.path(), "recovered", audit.line());
            }
        } catch (IOException e) {
            messages.accept("audit of " + audit.path() + ": " + e.getMessage());
        }
    }

    private Optional<Unfinished> begun() {
        try {
            return Unfinished.parse(BoundedReads.readFile(unfinished, Unfinished.MAX_BYTES));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            messages.accept("an audit begins anew: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void keep(Unfinished state) {
        try {
            Files.createDirectories(unfinished.resolveSibling("."));
            AtomicFiles.write(unfinished, state.toBytes());
        } catch (IOException e) {
            messages.accept("how far an audit has come cannot be written: " + e.getMessage());
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            messages.accept("'" + unfinished + "' cannot be removed: " + e.getMessage());
        }
    }

    /** Stops the audit that is going on, which the next start goes on with. */
    @Override
    public void close() {
        progress.cancel();
        try {
            thread.join(board.running().isPresent() ? MOST_MILLIS_TO_END : 1);
            thread.interrupt();
            thread.join(Duration.ofSeconds(1).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
