package org.hipsnode.properties;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Keywords of the time before HiPS 1.0 that old trees still carry (standards.md §1.7). */
public final class OldKeywords {
    private static final Map<String, String> NEW_NAMES = Map.ofEntries(
            Map.entry("nside", "hips_tile_width"),
            Map.entry("maxOrder", "hips_order"),
            Map.entry("minOrder", "hips_order_min"),
            Map.entry("coordsys", "hips_frame"),
            Map.entry("format", "hips_tile_format"),
            Map.entry("label", "obs_collection"),
            Map.entry("description", "obs_title"),
            Map.entry("verboseDescription", "obs_description"),
            Map.entry("id", "creator_did"),
            Map.entry("copyright", "obs_copyright"),
            Map.entry("copyrightUrl", "obs_copyright_url"),
            Map.entry("acknowledgement", "obs_ack"),
            Map.entry("pixelCut", "hips_pixel_cut"),
            Map.entry("pixelRange", "hips_data_range"),
            Map.entry("processingDate", "hips_release_date"),
            Map.entry("firstProcessingDate", "hips_creation_date"),
            Map.entry("cubeDepth", "hips_cube_depth"),
            Map.entry("cubeFirstFrame", "hips_cube_firstframe"),
            Map.entry("HiPSBuilder", "hips_builder"),
            Map.entry("hips_publisher", "hips_creator"),
            Map.entry("category", "client_category"),
            Map.entry("version", "hips_version"));

    private static final Map<String, String> FRAMES = Map.of("C", "equatorial", "G", "galactic", "E", "ecliptic");

    private OldKeywords() {}

    /** Returns the old names of a keyword. */
    static List<String> namesOf(String keyword) {
        return NEW_NAMES.entrySet().stream()
                .filter(e -> e.getValue().equals(keyword))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns today's name of an old keyword. */
    public static Optional<String> newNameOf(String keyword) {
        return Optional.ofNullable(NEW_NAMES.get(keyword));
    }

    /** Returns the value of an old keyword as today's would say it. */
    static String translate(String keyword, String value) {
        return keyword.equals("coordsys") ? FRAMES.getOrDefault(value.toUpperCase(Locale.ROOT), value) : value;
    }
}
