package org.hipsnode.generate.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hipsnode.io.Digests;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.work.OrderedWork;

/**
 * The files that a survey is made from, as they were when they were first looked at.
 *
 * <p>They are digested beside whatever else goes on, from the first moment: the plan does not need two processors.
 */
final class Inputs implements Closeable {
    /** What changes when a file is written to. */
    private record State(Path file, long bytes, FileTime changed, String key) {
        static State of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(
                    file, attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
        }

        /** Returns what tells this state from any other. */
        String identity() {
            return file + " " + bytes + " " + changed + " " + key;
        }
    }

    /** A file by its content. */
    record Digested(Path file, long bytes, String sha256) {}

    private static final int TOLD_ONE_BY_ONE = 32;

    private final List<State> states;
    private final List<Digested> digested = new ArrayList<>();
    private final OrderedWork<List<Digested>> reading = new OrderedWork<>(1, digested::addAll);

    private Inputs(List<State> states) throws IOException {
        this.states = states;
        reading.give(this::digest);
    }

    private List<Digested> digest() throws IOException {
        List<Digested> all = new ArrayList<>();
        for (State state : states) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("stopped while files were digested");
            }
            all.add(new Digested(state.file, state.bytes, Digests.sha256(state.file)));
        }
        return all;
    }

    static Inputs of(List<Path> files) throws IOException {
        List<State> states = new ArrayList<>();
        for (Path file : files) {
            states.add(State.of(file));
        }
        return new Inputs(states);
    }

    /** Returns what tells these files from any others, without reading them. */
    String identity() {
        return states.stream().map(State::identity).collect(Collectors.joining("\n"));
    }

    /** Waits until the files are read. */
    synchronized List<Digested> digested() throws IOException {
        reading.finish();
        return List.copyOf(digested);
    }

    /** Returns the digests of all files; of very many a digest of them. */
    String digests() throws IOException {
        String all = digested().stream().map(Digested::sha256).collect(Collectors.joining(" "));
        return states.size() <= TOLD_ONE_BY_ONE ? all : Digests.sha256(all.getBytes(StandardCharsets.US_ASCII));
    }

    /** Refuses to go on if a file is not what it was: what was made from it may be half of one and half of the other. */
    void requireUnchanged() throws IOException {
        for (State state : states) {
            State now;
            try {
                now = State.of(state.file);
            } catch (NoSuchFileException e) {
                throw MalformedDataException.expected(
                        state.file.toString(), "the same file from the first to the last pixel", "none any more");
            }
            if (!now.identity().equals(state.identity())) {
                throw new MalformedDataException("'" + state.file + "' changed while it was read (" + state.bytes
                        + " bytes of " + state.changed + ", now " + now.bytes + " of " + now.changed
                        + "): nothing is published; start again when it is left alone");
            }
        }
    }

    /** Stops reading. */
    @Override
    public void close() {
        reading.close();
    }
}
