package org.hipsnode.serve.origin;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.tile.TreeName;

/**
 * A file that a survey may have and that viewers ask for; nothing else is asked of an origin, and nothing that could run as a
 * script in a page of this node.
 *
 * @param name relative to the survey
 * @param limit the most bytes that it may have
 * @param fresh for how long it counts as the current one if the origin does not say
 */
record WantedFile(String name, long limit, Duration fresh) {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTES = Duration.ofMinutes(5);
    private static final long MIB = 1L << 20;

    /** Numbers of 64 bits, a cube of a few channels: more than tiles have. */
    private static final long LARGEST_TILE = 64 * MIB;

    private static final long LARGEST_ALLSKY = 256 * MIB;

    private static final Map<String, Long> OTHERS = Map.of(
            "Moc.fits", 128 * MIB,
            "SMoc.fits", 128 * MIB,
            "metadata.xml", 8 * MIB,
            "metadata.fits", 8 * MIB,
            "preview.jpg", 8 * MIB);

    static final WantedFile PROPERTIES = new WantedFile("properties", MIB, MINUTES);
    static final WantedFile COVERAGE = new WantedFile("Moc.fits", 128 * MIB, MINUTES);

    /** Finds what a name means for a survey; empty if it has no such file. */
    static Optional<WantedFile> of(String name, SurveyProperties survey) {
        if (OTHERS.containsKey(name)) {
            return Optional.ofNullable(OTHERS.get(name)).map(limit -> new WantedFile(name, limit, MINUTES));
        }
        Optional<TreeName> tree = TreeName.parse(name).filter(found -> isPossible(found, survey));
        return tree.map(found -> found instanceof TreeName.Tile
                ? new WantedFile(name, LARGEST_TILE, DAY)
                : new WantedFile(name, LARGEST_ALLSKY, DAY));
    }

    private static boolean isPossible(TreeName name, SurveyProperties survey) {
        int depth = Math.max(1, survey.integer("hips_cube_depth").orElse(1));
        return survey.formats().contains(name.format())
                && name.order() <= survey.order().orElse(29)
                && name.channel() < depth;
    }
}
