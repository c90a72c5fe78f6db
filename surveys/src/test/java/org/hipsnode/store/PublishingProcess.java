package org.hipsnode.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hipsnode.io.AtomicFiles;

/** Another process that publishes into a folder: what a lock is for. */
final class PublishingProcess implements AutoCloseable {
    static final int DONE = 0;
    static final int TWO_INSIDE = 3;
    static final int LOCKED = 11;

    private final Process process;
    private final BufferedReader output;

    private PublishingProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(UTF_8);
    }

    /** What the process does once it has begun a release. */
    enum Deed {
        /** Says ready, and ends its run when its input ends. */
        HOLD,
        /** Writes a file, says ready, and is gone at once, as if killed, when its input ends. */
        DIE,
        /** Begins and ends runs, two hundred times, making sure to be alone. */
        CYCLE
    }

    static PublishingProcess start(Deed deed, Path folder) throws IOException {
        String classes = Stream.of(PublishingProcess.class, FolderPublication.class)
                .map(PublishingProcess::placeOf)
                .collect(Collectors.joining(java.io.File.pathSeparator));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new PublishingProcess(new ProcessBuilder(
                        java.toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        PublishingProcess.class.getName(),
                        deed.name(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the process has begun its run; false if it could not. */
    boolean isReady() throws IOException {
        return "ready".equals(output.readLine());
    }

    /** Lets the process go on to its end. */
    void letGo() throws IOException {
        process.getOutputStream().close();
    }

    /** Lets the process go on to its end, and returns its exit code. */
    int finish() throws IOException, InterruptedException {
        letGo();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        try {
            System.exit(run(Deed.valueOf(arguments[0]), folder));
        } catch (LockedException e) {
            System.exit(LOCKED);
        }
    }

    private static int run(Deed deed, Path folder) throws IOException {
        return switch (deed) {
            case HOLD -> hold(folder);
            case DIE -> die(folder);
            case CYCLE -> cycle(folder);
        };
    }

    private static int hold(Path folder) throws IOException {
        try (FolderPublication publication = FolderPublication.begin(folder)) {
            sayReadyAndWait();
            return Files.isDirectory(publication.staged()) ? DONE : TWO_INSIDE;
        }
    }

    private static int die(Path folder) throws IOException {
        FolderPublication publication = FolderPublication.begin(folder);
        publication.write("Norder3/Dir0/Npix0.fits", new byte[10]);
        sayReadyAndWait();
        Runtime.getRuntime().halt(DONE);
        throw new IllegalStateException("'" + publication.staged() + "' outlived the process");
    }

    private static int cycle(Path folder) throws IOException {
        Path inside = folder.resolveSibling("inside");
        sayReadyAndWait();
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            try (FolderPublication publication = FolderPublication.begin(folder)) {
                Files.createFile(inside);
                publication.write("a", new byte[1]);
                AtomicFiles.deleteTree(inside);
            } catch (LockedException e) {
                refused++;
            } catch (FileAlreadyExistsException e) {
                return TWO_INSIDE;
            }
        }
        return refused < 200 ? DONE : LOCKED;
    }

    private static void sayReadyAndWait() throws IOException {
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // until the input ends
        }
    }
}
