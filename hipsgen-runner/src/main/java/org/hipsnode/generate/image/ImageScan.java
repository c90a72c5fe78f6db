package org.hipsnode.generate.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipException;
import org.hipsnode.generate.picture.PictureFile;
import org.hipsnode.generate.source.UnpackedFile.Packing;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.progress.Progress;
import org.hipsnode.work.OrderedWork;
import org.jspecify.annotations.Nullable;

/**
 * Finds the images in files and folders: every file that starts as FITS files or pictures do, packed or not, whatever its name. The result
 * is sorted by name, whatever the sequence in which folders list their files.
 */
final class ImageScan {
    private final ImageSelection selection;
    private final List<Path> files = new ArrayList<>();
    private final List<SkyImage> images = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private int others;
    private int filesWithMore;

    private ImageScan(ImageSelection selection) {
        this.selection = selection;
    }

    /** Looks into files, and into all that is in folders. */
    static ImageScan of(List<Path> places, ImageSelection selection, int workers, Progress progress)
            throws IOException {
        ImageScan scan = new ImageScan(selection);
        scan.list(places);
        scan.read(workers, progress);
        scan.leaveOutColoursAmongValues();
        return scan;
    }

    private void list(List<Path> places) throws IOException {
        TreeSet<Path> found = new TreeSet<>(Comparator.comparing(Path::toString));
        for (Path place : places) {
            if (!Files.exists(place)) {
                throw MalformedDataException.expected(
                        place.toString(), "FITS images or folders of them", "no such file");
            }
            Files.walkFileTree(
                    place, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor(place, found));
        }
        files.addAll(found);
    }

    /** Lists files, leaves out those that are hidden, and goes on where a folder cannot be read. */
    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path start;
        private final Set<Path> found;

        Visitor(Path start, Set<Path> found) {
            this.start = start;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        private boolean isHidden(Path path) {
            return !path.equals(start) && String.valueOf(path.getFileName()).startsWith(".");
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                    && !isHidden(file)
                    && !selection.handling().isWeights(file)
                    && !isHeader(file)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHeader(Path file) {
            return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".hhh");
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            rejections.add(new Rejection(file, "it cannot be read: " + e));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            if (e != null) {
                rejections.add(new Rejection(folder, "the folder cannot be listed to its end: " + e));
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private void read(int workers, Progress progress) throws IOException {
        try (Progress.Phase phase = progress.begin("find images", "files", files.size());
                OrderedWork<Optional<FitsImageFile.Contents>> work = new OrderedWork<>(workers, found -> {
                    phase.add(1, 0);
                    found.ifPresentOrElse(this::take, () -> others++);
                })) {
            for (Path file : files) {
                work.give(() -> look(file));
            }
            work.finish();
        }
    }

    /** Previews often lie beside images. */
    private void leaveOutColoursAmongValues() {
        if (images.stream().allMatch(image -> image.place().storage().isPicture())) {
            return;
        }
        for (SkyImage image : images) {
            if (image.place().isColour()) {
                rejections.add(new Rejection(
                        image.place().file(),
                        "expected an image with values, as others here are, found a picture in colours; make a survey "
                                + "of pictures alone"));
            }
        }
        images.removeIf(image -> image.place().isColour());
    }

    private void take(FitsImageFile.Contents contents) {
        images.addAll(contents.images());
        rejections.addAll(contents.rejections());
        filesWithMore += contents.more() > 0 ? 1 : 0;
    }

    /** Returns what a file holds; empty if it does not even look like FITS. */
    private Optional<FitsImageFile.Contents> look(Path file) {
        try {
            Packing packing = Packing.of(file);
            if (packing.holdsFits(file)) {
                return Optional.of(FitsImageFile.read(file, selection));
            }
            if (packing == Packing.NONE && PictureFile.isPicture(file)) {
                return Optional.of(PictureImageFile.read(file, selection));
            }
            return nameReason(file).map(reason -> rejected(file, reason));
        } catch (EOFException | ZipException e) {
            return Optional.of(rejected(file, "expected whole packed data, found them damaged or truncated"));
        } catch (IOException e) {
            return Optional.of(rejected(file, String.valueOf(e.getMessage())));
        }
    }

    private static FitsImageFile.Contents rejected(Path file, String reason) {
        return new FitsImageFile.Contents(file, List.of(), List.of(new Rejection(file, reason)), 0);
    }

    /** Tells what is wrong with a file that its name promises to be an image. */
    private static Optional<String> nameReason(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.matches(".*\\.(png|jpe?g|tiff?)")) {
            return Optional.of("expected a picture, found something else");
        }
        return name.matches(".*\\.(fits?|fts|fz)(\\.(gz|bz2|fz))?")
                ? Optional.of("expected a FITS file, which starts with 'SIMPLE  =', found something else")
                : Optional.empty();
    }

    /** Returns the images that can be taken. */
    List<SkyImage> images() {
        return images;
    }

    List<Rejection> rejections() {
        return rejections;
    }

    /** Returns how many files were passed over that do not even look like images. */
    int others() {
        return others;
    }

    /** Returns how many files have more images than the first, which nobody chose. */
    int filesWithMore() {
        return filesWithMore;
    }
}
