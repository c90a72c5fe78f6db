package org.hipsnode.serve.origin;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.io.Digests;
import org.hipsnode.manifest.ManifestLookup;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;

/**
 * A release of a remote survey that is being served.
 *
 * @param folder where its files are
 * @param properties as they are served
 * @param coverage outside of which the origin has no tile; empty if that cannot be told
 * @param manifest what the origin says of its bytes, where it does
 */
record Adopted(
        String key,
        Path folder,
        SurveyProperties properties,
        Optional<Moc> coverage,
        Optional<ManifestLookup> manifest) {
    /** The origin's own list, as it came. */
    static final String ORIGINAL = ".origin-properties";

    private static final Set<String> PARTS = Set.of("properties", "Moc.fits", ORIGINAL);

    /** What changes only with the tiles; a new title is no new release. */
    private static final List<String> MARKS = List.of(
            "creator_did",
            "hips_release_date",
            "hips_order",
            "hips_order_min",
            "hips_frame",
            "hips_tile_width",
            "hips_tile_format",
            "hips_pixel_bitpix",
            "dataproduct_type",
            "hips_check_code");

    /** Tells whether a file is here from the beginning, so that it is neither fetched later nor deleted before the others. */
    static boolean isPartOf(String name) {
        return PARTS.contains(name);
    }

    /** Returns the name of the release that a list describes: another for each that a list can tell from it. */
    static String key(HipsProperties origin) {
        StringBuilder marks = new StringBuilder();
        MARKS.forEach(mark ->
                marks.append(mark).append('=').append(origin.values(mark)).append('\n'));
        return Digests.sha256(marks.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    /** Returns a coverage that tells of tiles: one in the survey's frame. */
    static Optional<Moc> coverage(MocFits.Content content, SurveyProperties properties) {
        String said = content.coordsys().orElse("C");
        Optional<Frame> frame = properties.frame();
        boolean same = frame.isPresent()
                && switch (frame.get()) {
                    case EQUATORIAL -> said.equalsIgnoreCase("C") || said.equalsIgnoreCase("ICRS");
                    case GALACTIC -> said.equalsIgnoreCase("G");
                    case ECLIPTIC -> said.equalsIgnoreCase("E");
                };
        return same && !content.moc().isEmpty() ? Optional.of(content.moc()) : Optional.empty();
    }

    boolean mayHave(TileAddress tile) {
        return coverage.isEmpty() || coverage.get().touchesCell(tile.order(), tile.index());
    }
}
