package org.hipsnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.hipsnode.check.Finding;
import org.hipsnode.check.ManifestCheck;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.faults.SmallSurvey;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderStore;

/**
 * Looks at a published survey all the time, every byte of it: it must be one of the source's releases, and pass the check. A look
 * during which another release took the folder's place says nothing, and is taken again.
 */
final class ChaosWatch implements AutoCloseable {
    private final Path folder;
    private final Map<String, Map<String, String>> releases;
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicLong looks = new AtomicLong();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::watch, "watch");

    ChaosWatch(Path folder, Map<String, Map<String, String>> releases) {
        this.folder = folder;
        this.releases = releases;
        thread.start();
    }

    private void watch() {
        while (going.get()) {
            try {
                Optional<Object> before = identity();
                List<String> wrong = before.isPresent() ? look() : List.of();
                if (before.isPresent() && before.equals(identity())) {
                    looks.incrementAndGet();
                    complaints.addAll(wrong);
                }
                if (before.isEmpty()) {
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                complaints.add(e.toString());
            }
        }
    }

    /** Which folder it is, whatever is in it; none for the moment of a swap. */
    private Optional<Object> identity() throws IOException {
        try {
            return Optional.of(
                    Files.readAttributes(folder, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private List<String> look() {
        List<String> wrong = new ArrayList<>();
        try {
            HipsProperties list = HipsProperties.parse(Files.readAllBytes(folder.resolve("properties")), "properties");
            String date = list.value("hips_release_date").orElse("none");
            if (!SmallSurvey.files(folder).equals(releases.get(date))) {
                wrong.add("the files are not those of the release of " + date);
            }
            List<Finding> findings = new ArrayList<>();
            ManifestCheck.check(folder, 1, new Progress(System::nanoTime), findings::add);
            findings.addAll(
                    SurveyCheck.check(new FolderStore(folder), Optional.empty()).all());
            findings.stream()
                    .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                    .forEach(finding -> wrong.add(finding.toString()));
        } catch (IOException | RuntimeException e) {
            wrong.add(e.toString());
        }
        return wrong;
    }

    /** Returns how often the survey was looked at, from the first byte to the last. */
    long looks() {
        return looks.get();
    }

    Queue<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        going.set(false);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
