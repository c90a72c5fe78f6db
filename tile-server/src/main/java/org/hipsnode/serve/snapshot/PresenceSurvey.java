package org.hipsnode.serve.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.TreeName;

/**
 * Looks through the names of all tiles of a release, to learn whether its coverage can be trusted.
 *
 * <p>A MOC that hides tiles, as real surveys have, must not make the server deny them. So it is believed only when no tile lies
 * outside of it. What is added to a folder later, without a change of properties or MOC, is not seen.
 */
final class PresenceSurvey {
    private final Path folder;
    private Optional<Moc> coverage;
    private int deepest = -1;

    private PresenceSurvey(Path folder, Optional<Moc> coverage) {
        this.folder = folder;
        this.coverage = coverage;
    }

    /** Looks through a folder; takes as long as listing it does. */
    static Presence of(Path folder, Optional<Moc> coverage) throws IOException {
        PresenceSurvey survey = new PresenceSurvey(folder, coverage);
        survey.visit(folder, "", 0);
        return new Presence(survey.coverage, survey.deepest);
    }

    /** Tiles lie two folders deep. */
    private void visit(Path place, String prefix, int nesting) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
            for (Path entry : entries) {
                String name = prefix + entry.getFileName();
                Optional<TreeName> tree = nesting == 2 ? TreeName.parse(name) : Optional.empty();
                if (tree.isPresent() && tree.get() instanceof TreeName.Tile tile) {
                    add(tile);
                } else if (nesting < 2 && TreeName.isFolder(name) && Files.isDirectory(entry)) {
                    visit(entry, name + "/", nesting + 1);
                }
            }
        }
    }

    private void add(TreeName.Tile tile) {
        deepest = Math.max(deepest, tile.order());
        long index = tile.address().index();
        coverage = coverage.filter(moc -> moc.touchesCell(tile.order(), index));
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
