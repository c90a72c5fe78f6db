package org.hipsnode.serve.describe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.TileTree;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.serve.snapshot.Release;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.sky.Frame;
import org.hipsnode.store.FolderStore;
import org.hipsnode.tile.TileFormat;

/**
 * What a survey's folder holds, as far as few small files tell.
 *
 * @param coverage of the survey; empty if neither {@code Moc.fits} nor a keyword tells it
 * @param trees its tiles by order and format; empty if it has no manifest
 * @param files which of the files that a page may lead to are there
 * @param listing all that is in the folder, folders with a slash at their ends; empty where only a part of a survey is
 */
public record Contents(Optional<Coverage> coverage, List<Tiles> trees, List<String> files, List<String> listing) {
    /** More than that is not worth reading for a picture. */
    private static final int MAX_MOC_BYTES = 1 << 26;

    private static final List<String> LED_TO = List.of(
            "preview.jpg",
            "Moc.fits",
            "SMoc.fits",
            "index.html",
            "metadata.xml",
            ManifestName.ROOT,
            ManifestName.PROVENANCE);

    public Contents {
        trees = List.copyOf(trees);
        files = List.copyOf(files);
        listing = List.copyOf(listing);
    }

    /**
     * A part of the sky, with the frame in which it counts.
     *
     * @param frame empty for one that is not of the sky
     */
    public record Coverage(Moc moc, Optional<Frame> frame) {}

    /** How many tiles there are of one order and format, and how large they are together. */
    public record Tiles(int order, TileFormat format, long count, long bytes) {
        Tiles plus(Tiles other) {
            return new Tiles(order, format, count + other.count, bytes + other.bytes);
        }
    }

    /** Nothing that is known. */
    public static Contents unknown() {
        return new Contents(Optional.empty(), List.of(), List.of(), List.of());
    }

    /** Looks into a survey's folder; what cannot be read counts as not there, as the survey can be used without it. */
    public static Contents of(ServedSurvey survey) {
        FolderStore store = new FolderStore(survey.folder());
        return new Contents(coverage(survey, store), trees(store), files(survey.folder()), listing(survey));
    }

    private static Optional<Coverage> coverage(ServedSurvey survey, FolderStore store) {
        SurveyProperties properties = survey.properties();
        try {
            Optional<byte[]> file = store.read("Moc.fits", MAX_MOC_BYTES);
            if (file.isEmpty()) {
                return isWholeSky(properties)
                        ? Optional.of(new Coverage(Moc.fullSky(0), properties.frame()))
                        : Optional.empty();
            }
            MocFits.Content content = MocFits.read(file.get(), "Moc.fits");
            return Optional.of(new Coverage(
                    content.moc(), content.coordsys().flatMap(Frame::ofLetter).or(properties::frame)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isWholeSky(SurveyProperties properties) {
        return properties.number("moc_sky_fraction").orElse(0) >= 1;
    }

    private static List<Tiles> trees(FolderStore store) {
        try {
            Optional<ManifestRoot> root = new ManifestReader(store).root();
            return root.isPresent() ? trees(root.get()) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The channels of a cube are one. */
    private static List<Tiles> trees(ManifestRoot root) {
        Map<TileTree, Tiles> trees = new TreeMap<>();
        root.trees()
                .forEach((tree, branch) -> trees.merge(
                        new TileTree(tree.order(), tree.format(), 0),
                        new Tiles(tree.order(), tree.format(), branch.tiles(), branch.bytes()),
                        Tiles::plus));
        return List.copyOf(trees.values());
    }

    private static List<String> files(Path folder) {
        return LED_TO.stream()
                .filter(name -> Files.isRegularFile(folder.resolve(name)))
                .toList();
    }

    private static List<String> listing(ServedSurvey survey) {
        Optional<Release> release = survey.release();
        try {
            return release.isPresent() ? release.get().list("").orElse(List.of()) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    public boolean has(String file) {
        return files.contains(file);
    }

    /** Returns the size of all tiles together. */
    public long bytes() {
        return trees.stream().mapToLong(Tiles::bytes).sum();
    }

    /** Returns the number of all tiles together. */
    public long tiles() {
        return trees.stream().mapToLong(Tiles::count).sum();
    }
}
