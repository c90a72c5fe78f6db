package org.hipsnode.store;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.io.Digests;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a release are written, with size and digest, so that a run that is stopped need not make them again.
 *
 * <p>A text file: a line with the identity of the work, then a line for each file. It is not synced, so whoever relies on it
 * proves a file by its digest; a last line that was cut off is passed over. In memory a file costs 64 bytes.
 */
final class Journal implements Closeable {
    private static final String FORMAT = "hipsnode-journal 1 ";
    private static final int MAX_LINE = 600;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{32}) ([0-9]{1,18}) (.{1,500})");
    private static final int LONGS = 4;

    /** Lines are written together; a run that is killed loses the work of so long. */
    private static final long PAUSE_NANOS = 20_000_000;

    private final FileChannel out;
    private final long[] table;
    private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
    private long lastWrite = System.nanoTime();
    private long files;

    private Journal(FileChannel out, long[] table, long files) {
        this.out = out;
        this.table = table;
        this.files = files;
    }

    /** Tells whether a file is the journal of a work. */
    static boolean isOf(Path file, String identity) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        byte[] expected = header(identity);
        try (var in = Files.newInputStream(file)) {
            return java.util.Arrays.equals(in.readNBytes(expected.length), expected);
        }
    }

    private static byte[] header(String identity) {
        byte[] digest = Digests.newSha256().digest(identity.getBytes(StandardCharsets.UTF_8));
        return (FORMAT + HexFormat.of().formatHex(digest) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Goes on with a journal. */
    static Journal continued(Path file) throws IOException {
        long lines = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            while (reader.readLine() != null) {
                lines++;
            }
        }
        long slots = Long.highestOneBit(Math.max(4, 2 * lines)) * 2;
        if (slots * LONGS > Integer.MAX_VALUE - 8) {
            throw new IOException("'" + file + "': too many files to continue with: remove it to start anew");
        }
        long[] table = new long[(int) slots * LONGS];
        long files = read(file, table);
        FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        // what follows a line that was cut off must not be taken for its end
        out.write(ByteBuffer.wrap(new byte[] {'\n'}));
        return new Journal(out, table, files);
    }

    private static long read(Path file, long[] table) throws IOException {
        long files = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher matcher = LINE.matcher(line.length() > MAX_LINE ? "" : line);
                if (matcher.matches() && FileName.isValid(matcher.group(3))) {
                    String digest = matcher.group(1);
                    put(
                            table,
                            key(matcher.group(3)),
                            HexFormat.fromHexDigitsToLong(digest, 0, 16),
                            HexFormat.fromHexDigitsToLong(digest, 16, 32),
                            Long.parseLong(matcher.group(2)));
                    files++;
                }
            }
        }
        return files;
    }

    /** Starts a journal of a work. */
    static Journal started(Path file, String identity) throws IOException {
        FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        out.write(ByteBuffer.wrap(header(identity)));
        return new Journal(out, new long[LONGS], 0);
    }

    /** Names are told apart by 63 bits of their digest; zero marks a free slot. */
    private static long key(String name) {
        byte[] digest = Digests.newSha256().digest(name.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getLong() | 1;
    }

    private static void put(long[] table, long key, long high, long low, long bytes) {
        int slot = slot(table, key);
        table[slot] = key;
        table[slot + 1] = high;
        table[slot + 2] = low;
        table[slot + 3] = bytes;
    }

    private static int slot(long[] table, long key) {
        int slots = table.length / LONGS;
        int slot = (int) Long.remainderUnsigned(key >>> 1, slots);
        while (table[slot * LONGS] != 0 && table[slot * LONGS] != key) {
            slot = (slot + 1) % slots;
        }
        return slot * LONGS;
    }

    /**
     * What was written.
     *
     * @param high the first eight bytes of the content's SHA-256, big-endian
     * @param low the next eight
     */
    record Entry(long bytes, long high, long low) {}

    /** Returns what the run before wrote under a name. */
    Optional<Entry> find(String name) {
        if (table.length == LONGS) {
            return Optional.empty(); // as in most runs: nothing was stopped
        }
        @Nullable Entry found = null;
        long key = key(name);
        int slot = slot(table, key);
        if (table[slot] == key) {
            found = new Entry(table[slot + 3], table[slot + 1], table[slot + 2]);
        }
        return Optional.ofNullable(found);
    }

    /** Notes a file that is written. */
    synchronized void add(String name, Entry entry) throws IOException {
        HexFormat hex = HexFormat.of();
        String line = hex.toHexDigits(entry.high) + hex.toHexDigits(entry.low) + " " + entry.bytes + " " + name + "\n";
        unwritten.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        files++;
        if (System.nanoTime() - lastWrite >= PAUSE_NANOS) {
            write();
        }
    }

    private void write() throws IOException {
        ByteBuffer lines = ByteBuffer.wrap(unwritten.toByteArray());
        unwritten.reset();
        while (lines.hasRemaining()) {
            out.write(lines);
        }
        lastWrite = System.nanoTime();
    }

    /** Returns how many files it tells of. */
    synchronized long files() {
        return files;
    }

    /** Ends it for one who needs it no more. */
    void drop() throws IOException {
        out.close();
    }

    @Override
    public synchronized void close() throws IOException {
        try (out) {
            write();
        }
    }
}
