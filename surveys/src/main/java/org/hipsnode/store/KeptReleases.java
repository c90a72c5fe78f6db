package org.hipsnode.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hipsnode.io.AtomicFiles;

/**
 * Earlier releases of a survey, from which it can be put back.
 *
 * <p>For a survey in {@code DIR/name} they are in {@code DIR/.name.releases}, each in a folder named by its number, the newest having the
 * highest. Whoever publishes a release keeps the one before if that folder is there, so all that is needed to keep releases is to
 * make it. Files that releases have in common are linked and take no room twice.
 */
public final class KeptReleases {
    private static final int MOST_DIGITS = 9;

    private final Path survey;
    private final Path folder;

    private KeptReleases(Path survey, Path folder) {
        this.survey = survey;
        this.folder = folder;
    }

    /** Returns those of the survey in a folder. */
    public static KeptReleases of(Path survey) throws IOException {
        return new KeptReleases(survey, FolderPublication.releasesOf(survey));
    }

    /**
     * An earlier release.
     *
     * @param number the higher, the newer
     */
    public record Kept(int number, Path folder) {}

    /** Returns all, the newest first. */
    public List<Kept> all() throws IOException {
        List<Kept> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
                for (Path entry : entries) {
                    number(entry).ifPresent(number -> found.add(new Kept(number, entry)));
                }
            }
        }
        found.sort(Comparator.comparingInt(Kept::number).reversed());
        return found;
    }

    private static Optional<Integer> number(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return name.matches("[1-9]\\d{0," + (MOST_DIGITS - 1) + "}")
                ? Optional.of(Integer.valueOf(name))
                : Optional.empty();
    }

    /** Returns those that are too many. */
    public List<Kept> beyond(int most) throws IOException {
        List<Kept> all = all();
        return all.subList(Math.min(most, all.size()), all.size());
    }

    /**
     * Sees to it that releases are kept from now on, and removes those that are too many.
     *
     * @param most how many are kept; 0 for none
     * @throws LockedException if a run has the survey
     */
    public void keep(int most) throws IOException {
        if (most > 0) {
            Files.createDirectories(folder);
        }
        if (beyond(most).isEmpty() && most > 0) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            return;
        }
        Closeable lock = FolderPublication.lock(survey);
        try {
            for (Kept old : beyond(most)) {
                AtomicFiles.deleteTree(old.folder());
            }
            if (most == 0) {
                AtomicFiles.deleteTree(folder);
            }
        } finally {
            lock.close();
        }
    }

    /** Removes a release. */
    public void drop(Kept release) throws IOException {
        Closeable lock = FolderPublication.lock(survey);
        try {
            AtomicFiles.deleteTree(release.folder());
        } finally {
            lock.close();
        }
    }

    /**
     * Puts a release back; the one that is there becomes the newest of those that are kept.
     *
     * @throws LockedException if a run has the survey
     */
    public void putBack(Kept release) throws IOException {
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            if (!Files.isDirectory(release.folder())) {
                throw new IOException("'" + survey + "': expected release " + release.number() + " in '" + folder
                        + "', found it gone");
            }
            publication.putBack(release.folder());
        }
    }

    /** Keeps a folder that was a survey's release, if releases are kept, or removes it. */
    static void keepOrDelete(Path survey, Path previous) throws IOException {
        KeptReleases kept = of(survey);
        if (!Files.isDirectory(kept.folder) || !Files.isDirectory(previous)) {
            AtomicFiles.deleteTree(previous);
            return;
        }
        int newest = kept.all().stream().mapToInt(Kept::number).findFirst().orElse(0);
        Files.move(previous, kept.folder.resolve(Integer.toString(newest + 1)), StandardCopyOption.ATOMIC_MOVE);
        AtomicFiles.syncFolder(kept.folder);
    }
}
