package org.hipsnode.node.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.JsonText;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file of what a node has done and found; for many threads, and for other processes that read beside.
 *
 * <p>Kinds of runs are {@link #NODE}, {@link #MAKE}, {@link #MIRROR}, {@link #PUSH} and whatever others note. The file is SQLite's, with a
 * journal that is gone when nothing is written, so that whoever may only read can do so.
 */
public final class StateStore implements AutoCloseable {
    /** The node itself: it began to run, and ended. */
    public static final String NODE = "node";

    /** A survey was made here. */
    public static final String MAKE = "make";

    /** A copy was brought up to date. */
    public static final String MIRROR = "mirror";

    /** A partner pushed a survey here. */
    public static final String PUSH = "push";

    /** A survey was pushed from here to another node. */
    public static final String PUSHED = "pushed";

    /** Every byte of a survey was read again. */
    public static final String AUDIT = "audit";

    /** A release before was put back. */
    public static final String ROLLBACK = "rollback";

    private static final String FOLDER = ".history";
    private static final String FILE = "node.db";
    private static final int VERSION = 1;
    private static final int PATIENCE_MILLIS = 10_000;

    /** Of runs that found nothing to do most are of no interest after some weeks. */
    private static final int MOST_RUNS = 50_000;

    private static final int PRUNE_EVERY = 500;

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE runs (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, survey TEXT NOT NULL, began TEXT, ended TEXT,"
                    + " result TEXT NOT NULL, message TEXT NOT NULL, facts TEXT NOT NULL)",
            "CREATE INDEX runs_of_surveys ON runs (kind, survey, id)",
            "CREATE TABLE releases (id INTEGER PRIMARY KEY, survey TEXT NOT NULL, content TEXT NOT NULL,"
                    + " release_date TEXT NOT NULL, files INTEGER NOT NULL, bytes INTEGER NOT NULL, seen TEXT NOT NULL)",
            "CREATE INDEX releases_of_surveys ON releases (survey, id)",
            "CREATE TABLE verifications (id INTEGER PRIMARY KEY, survey TEXT NOT NULL, content TEXT NOT NULL,"
                    + " ended TEXT NOT NULL, good INTEGER NOT NULL, message TEXT NOT NULL)",
            "CREATE INDEX verifications_of_surveys ON verifications (survey, id)",
            "PRAGMA user_version = " + VERSION);

    private final Path file;
    private final Connection connection;
    private int written;

    private StateStore(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Returns the hidden folder for what a node remembers. */
    public static Path folder(Path data) {
        return data.resolve(FOLDER);
    }

    /**
     * Opens the state of a node, or begins it; what the lines of earlier versions tell is taken over.
     *
     * @param data folder of the node's surveys
     */
    public static StateStore open(Path data) throws IOException {
        Path folder = folder(data);
        Files.createDirectories(folder);
        StateStore store = connect(folder.resolve(FILE), new SQLiteConfig());
        try {
            store.prepare();
            OldHistory.takeOver(folder, store);
        } catch (IOException e) {
            store.close();
            throw e;
        }
        return store;
    }

    /** Tells whether a folder is one of a node that has a state. */
    public static boolean isIn(Path data) {
        return Files.isRegularFile(folder(data).resolve(FILE));
    }

    /** Opens the state of a node to read it, also while the node runs; empty if there is none. */
    public static Optional<StateStore> read(Path data) throws IOException {
        Path file = folder(data).resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        StateStore store = connect(file, config);
        try {
            if (store.version() == 0) {
                store.close(); // just being begun
                return Optional.empty();
            }
            store.requireKnown();
        } catch (IOException e) {
            store.close();
            throw e;
        }
        return Optional.of(store);
    }

    private static StateStore connect(Path file, SQLiteConfig config) throws IOException {
        config.setBusyTimeout(PATIENCE_MILLIS);
        try {
            return new StateStore(file, config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
        } catch (SQLException e) {
            throw broken(file, e);
        }
    }

    private void prepare() throws IOException {
        requireKnown();
        if (version() == VERSION) {
            return;
        }
        together(() -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
            }
        });
    }

    private void requireKnown() throws IOException {
        int found = version();
        if (found > VERSION) {
            throw new IOException("'" + file + "': expected a state of version " + VERSION + " or less, found " + found
                    + ": a newer hipsnode has written it; run that one");
        }
    }

    private int version() throws IOException {
        return (int) number("PRAGMA user_version");
    }

    private static IOException broken(Path file, SQLException e) {
        String next = e instanceof SQLiteException known
                        && (known.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT
                                || known.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB)
                ? "; it is damaged: put it aside, and the node begins a new one"
                : "; is the disk full, or the folder not yours to write?";
        return new IOException("the node's state '" + file + "': " + e.getMessage() + next, e);
    }

    /** A work with the database. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    /** Does all of a work, or nothing. */
    private synchronized void together(Work work) throws IOException {
        try {
            connection.setAutoCommit(false);
            try {
                work.run();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw broken(file, e);
        }
    }

    private synchronized long number(String sql, Object... values) throws IOException {
        try (PreparedStatement statement = statement(sql, values);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            throw broken(file, e);
        }
    }

    private synchronized void write(String sql, Object... values) throws IOException {
        try (PreparedStatement statement = statement(sql, values)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw broken(file, e);
        }
    }

    private PreparedStatement statement(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Reads a row. */
    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet row) throws SQLException, IOException;
    }

    private synchronized <T> List<T> list(Row<T> reading, String sql, Object... values) throws IOException {
        try (PreparedStatement statement = statement(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reading.of(rows));
            }
            return found;
        } catch (SQLException e) {
            throw broken(file, e);
        }
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Notes that a run has begun, and returns its number. */
    public synchronized long begin(String kind, String survey, Instant now) throws IOException {
        insert(kind, survey, text(now), "", PastRun.RUNNING, "", "{}");
        return number("SELECT last_insert_rowid()");
    }

    private void insert(
            String kind, String survey, String began, String ended, String result, String message, String facts)
            throws IOException {
        write(
                "INSERT INTO runs (kind, survey, began, ended, result, message, facts)"
                        + " VALUES (?, ?, nullif(?, ''), nullif(?, ''), ?, ?, ?)",
                kind,
                survey,
                began,
                ended,
                result,
                message,
                facts);
        if (written++ % PRUNE_EVERY == 0) {
            // what a survey was last made from, and whether it was well, stays however long ago that was
            write(
                    "DELETE FROM runs WHERE id <= (SELECT max(id) FROM runs) - ?"
                            + " AND id NOT IN (SELECT max(id) FROM runs GROUP BY kind, survey, result)",
                    MOST_RUNS);
            write(
                    "DELETE FROM verifications WHERE id <= (SELECT max(id) FROM verifications) - ?"
                            + " AND id NOT IN (SELECT max(id) FROM verifications GROUP BY survey)",
                    MOST_RUNS);
        }
    }

    /**
     * Notes how a run has ended.
     *
     * @param facts whatever else is to be known of it; texts can be read again
     */
    public void end(long run, Instant now, String result, String message, Map<String, ?> facts) throws IOException {
        write(
                "UPDATE runs SET ended = ?, result = ?, message = ?, facts = ? WHERE id = ?",
                text(now),
                result,
                message,
                JsonText.line(facts),
                run);
    }

    /** Notes that whoever did what is still going on is no more. */
    public void endKilled() throws IOException {
        write(
                "UPDATE runs SET result = ?, message = 'the node ended before it did' WHERE result = ?",
                PastRun.KILLED,
                PastRun.RUNNING);
    }

    /** Notes a run that has ended, as named values; {@code start}, {@code end}, {@code result} and {@code message} are understood. */
    public void add(String kind, String survey, Map<String, ?> values) throws IOException {
        insert(
                kind,
                survey,
                value(values, "start"),
                value(values, "end"),
                value(values, "result"),
                value(values, "message"),
                JsonText.line(values));
    }

    /** Notes many runs of the past, all or none. */
    void addAll(List<Noted> past) throws IOException {
        together(() -> {
            for (Noted run : past) {
                try (PreparedStatement statement = statement(
                        "INSERT INTO runs (kind, survey, began, ended, result, message, facts)"
                                + " VALUES (?, ?, nullif(?, ''), nullif(?, ''), ?, ?, ?)",
                        run.kind(),
                        run.survey(),
                        value(run.values(), "start"),
                        value(run.values(), "end"),
                        value(run.values(), "result"),
                        value(run.values(), "message"),
                        run.line())) {
                    statement.executeUpdate();
                }
            }
        });
    }

    /** A run as an earlier version has noted it. */
    record Noted(String kind, String survey, Map<String, String> values, String line) {}

    private static String value(Map<String, ?> values, String name) {
        Object value = values.get(name);
        return value == null ? "" : value.toString();
    }

    /** Returns the runs of a kind, the oldest first. */
    public List<PastRun> runs(String kind) throws IOException {
        return list(StateStore::run, "SELECT * FROM runs WHERE kind = ? ORDER BY id", kind);
    }

    /** Returns the last run of a kind for each survey. */
    public List<PastRun> lastRuns(String kind) throws IOException {
        return list(
                StateStore::run,
                "SELECT * FROM runs WHERE id IN (SELECT max(id) FROM runs WHERE kind = ? GROUP BY survey) ORDER BY survey",
                kind);
    }

    /** Returns the last run of a kind for a survey. */
    public Optional<PastRun> lastRun(String kind, String survey) throws IOException {
        return list(
                        StateStore::run,
                        "SELECT * FROM runs WHERE kind = ? AND survey = ? ORDER BY id DESC LIMIT 1",
                        kind,
                        survey)
                .stream()
                .findFirst();
    }

    /** Returns the last run of a kind for a survey that ended with a result. */
    public Optional<PastRun> lastRun(String kind, String survey, String result) throws IOException {
        return list(
                        StateStore::run,
                        "SELECT * FROM runs WHERE kind = ? AND survey = ? AND result = ? ORDER BY id DESC LIMIT 1",
                        kind,
                        survey,
                        result)
                .stream()
                .findFirst();
    }

    /** Returns the newest runs of all kinds, the newest first. */
    public List<PastRun> newestRuns(int most) throws IOException {
        return list(StateStore::run, "SELECT * FROM runs ORDER BY id DESC LIMIT ?", most);
    }

    private static PastRun run(ResultSet row) throws SQLException, IOException {
        return new PastRun(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("survey"),
                time(row.getString("began")),
                time(row.getString("ended")),
                row.getString("result"),
                row.getString("message"),
                JsonText.textsAndNumbers(row.getString("facts").getBytes(StandardCharsets.UTF_8))
                        .orElse(Map.of()));
    }

    private static Optional<Instant> time(@Nullable String text) {
        return text == null ? Optional.empty() : Times.parse(text);
    }

    /** Notes that a release is served, unless it is the one that was noted last; tells whether it was noted. */
    public boolean released(PastRelease release) throws IOException {
        Optional<PastRelease> last = releases(release.survey(), 1).stream().findFirst();
        if (last.isPresent()
                && last.get().content().equals(release.content())
                && last.get().releaseDate().equals(release.releaseDate())) {
            return false;
        }
        write(
                "INSERT INTO releases (survey, content, release_date, files, bytes, seen) VALUES (?, ?, ?, ?, ?, ?)",
                release.survey(),
                release.content(),
                release.releaseDate(),
                release.files(),
                release.bytes(),
                text(release.seen()));
        return true;
    }

    /** Returns the paths of all surveys of which releases were served. */
    public List<String> surveys() throws IOException {
        return list(row -> row.getString("survey"), "SELECT DISTINCT survey FROM releases ORDER BY survey");
    }

    /** Returns the releases of a survey that were served, the newest first. */
    public List<PastRelease> releases(String survey, int most) throws IOException {
        return list(
                row -> new PastRelease(
                        row.getString("survey"),
                        row.getString("content"),
                        row.getString("release_date"),
                        row.getLong("files"),
                        row.getLong("bytes"),
                        time(row.getString("seen")).orElse(Instant.EPOCH)),
                "SELECT * FROM releases WHERE survey = ? ORDER BY id DESC LIMIT ?",
                survey,
                most);
    }

    /** Notes what a look at every byte of a release has found. */
    public void verified(Verification found) throws IOException {
        write(
                "INSERT INTO verifications (survey, content, ended, good, message) VALUES (?, ?, ?, ?, ?)",
                found.survey(),
                found.content(),
                text(found.ended()),
                found.good() ? 1 : 0,
                found.message());
    }

    /** Returns the last verification of each survey, by path. */
    public Map<String, Verification> lastVerifications() throws IOException {
        Map<String, Verification> found = new LinkedHashMap<>();
        list(
                        row -> new Verification(
                                row.getString("survey"),
                                row.getString("content"),
                                time(row.getString("ended")).orElse(Instant.EPOCH),
                                row.getInt("good") == 1,
                                row.getString("message")),
                        "SELECT * FROM verifications WHERE id IN (SELECT max(id) FROM verifications GROUP BY survey)"
                                + " ORDER BY survey")
                .forEach(verification -> found.put(verification.survey(), verification));
        return found;
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw broken(file, e);
        }
    }
}
