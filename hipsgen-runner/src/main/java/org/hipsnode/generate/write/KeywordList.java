package org.hipsnode.generate.write;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.plan.Origin;
import org.hipsnode.generate.render.Numbers;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.CheckCode;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.tile.TileFormat;

/** Writes the {@code properties} of a survey just made: what was given, and everything that follows from the making. */
public final class KeywordList {
    private static final String HIPS_VERSION = "1.4";

    /** Keywords that follow from the making, whatever anybody gives. */
    private static final Set<String> COMPUTED = Set.of(
            "hips_version",
            "hips_builder",
            "dataproduct_type",
            "dataproduct_subtype",
            "hips_cube_depth",
            "hips_cube_firstframe",
            "hips_rgb_red",
            "hips_rgb_green",
            "hips_rgb_blue",
            "hips_frame",
            "hips_order",
            "hips_order_min",
            "hips_tile_width",
            "hips_tile_format",
            "hips_pixel_scale",
            "hips_pixel_bitpix",
            "data_pixel_bitpix",
            "hips_pixel_cut",
            "hips_pixel_function",
            "hips_data_range",
            "hips_sampling",
            "hips_hierarchy",
            "moc_sky_fraction",
            "hips_nb_tiles",
            "hips_estsize",
            "hips_check_code",
            "hips_manifest_url");

    private final GenerationPlan plan;
    private final Facts facts;

    /**
     * What is known only after the tiles are made.
     *
     * @param range least and greatest physical value
     * @param sizes sizes of the files of the tree
     */
    public record Facts(Moc coverage, InitialView view, Range range, CheckCode sizes, String unit) {}

    /** The least and the greatest physical value. */
    public record Range(double min, double max) {}

    public KeywordList(GenerationPlan plan, Facts facts) {
        this.plan = plan;
        this.facts = facts;
    }

    /** Refuses keywords that would be overruled, and a status that readers would take for another. */
    public static void requireGivable(HipsProperties given) throws ConfigException {
        for (String key : given.keys()) {
            if (COMPUTED.contains(key)) {
                throw new ConfigException("keyword " + key + " cannot be given: it follows from the map, the tiles and "
                        + "the display; leave it out");
            }
        }
        List<String> unknown =
                given.value("hips_status").map(HipsStatus::unknownWords).orElse(List.of());
        if (!unknown.isEmpty()) {
            throw new ConfigException("hips_status must be of public, private, master, mirror, partial, clonable, "
                    + "clonableOnce and unclonable, found '" + String.join(" ", unknown) + "'");
        }
    }

    /**
     * Returns the list.
     *
     * @param builder name and version of this program
     */
    public HipsProperties build(String builder) {
        HipsProperties list = HipsProperties.empty();
        // the identity comes first, whatever the sequence in which it was given
        for (String key :
                List.of("creator_did", "obs_collection", "obs_title", "obs_description", "hips_release_date")) {
            list = copy(key, list);
        }
        for (String key : plan.keywords().keys()) {
            list = copy(key, list);
        }
        for (Map.Entry<String, String> fact : computed(builder).entrySet()) {
            list = list.with(fact.getKey(), fact.getValue());
        }
        return facts.view().addTo(list);
    }

    private HipsProperties copy(String key, HipsProperties list) {
        List<String> values = plan.keywords().values(key);
        return values.isEmpty() ? list : list.withAll(key, values);
    }

    private Map<String, String> computed(String builder) {
        Map<String, String> computed = new java.util.LinkedHashMap<>();
        ifNotGiven(computed, "hips_status", HipsStatus.DEFAULT.toString());
        ifNotGiven(
                computed,
                "hips_creation_date",
                plan.keywords().value("hips_release_date").orElse(""));
        computed.put("hips_version", HIPS_VERSION);
        computed.put("hips_builder", builder);
        computed.put("dataproduct_type", plan.channels() > 1 ? "cube" : "image");
        if (plan.channels() > 1) {
            computed.put("hips_cube_depth", Integer.toString(plan.channels()));
            computed.put("hips_cube_firstframe", Integer.toString(plan.firstChannel()));
        }
        computed.put("hips_frame", plan.frame());
        computed.put("hips_order", Integer.toString(plan.layout().order()));
        computed.put("hips_order_min", "0");
        computed.put("hips_tile_width", Integer.toString(plan.layout().tileWidth()));
        computed.put(
                "hips_tile_format",
                plan.formats().stream().map(TileFormat::keyword).collect(Collectors.joining(" ")));
        computed.put(
                "hips_pixel_scale", degrees(Origin.scaleDegrees(plan.layout().pixelOrder())));
        ifNotGiven(computed, "s_pixel_scale", degrees(plan.origin().pixelScaleDegrees()));
        if (plan.isColour()) {
            computed.put("dataproduct_subtype", "color");
        } else {
            putValues(computed);
        }
        computed.put("hips_sampling", plan.origin().sampling());
        computed.put("hips_hierarchy", "mean");
        computed.put(
                "moc_sky_fraction",
                String.format(Locale.ROOT, "%.9g", facts.coverage().skyFraction()));
        computed.put("hips_nb_tiles", Long.toString(facts.sizes().files(plan.formats())));
        computed.put("hips_estsize", Long.toString(facts.sizes().kilobytes(plan.formats())));
        computed.put("hips_check_code", facts.sizes().text(plan.formats()));
        computed.put("hips_manifest_url", ManifestName.ROOT);
        computed.values().removeIf(String::isEmpty);
        return computed;
    }

    /** What says how the pixels of a survey of values are to be read. */
    private void putValues(Map<String, String> computed) {
        computed.put("hips_pixel_bitpix", Integer.toString(plan.pixels().type().bitpix()));
        computed.put("data_pixel_bitpix", Integer.toString(plan.origin().type().bitpix()));
        computed.put("hips_pixel_cut", plan.display().cut().toString());
        computed.put("hips_pixel_function", plan.display().stretch().keyword());
        if (facts.range().min() < facts.range().max()) {
            computed.put(
                    "hips_data_range",
                    Numbers.text(facts.range().min()) + " "
                            + Numbers.text(facts.range().max()));
        }
        if (!facts.unit().isEmpty()) {
            ifNotGiven(computed, "hips_bunit", facts.unit());
        }
    }

    private void ifNotGiven(Map<String, String> computed, String key, String value) {
        if (plan.keywords().value(key).isEmpty()) {
            computed.put(key, value);
        }
    }

    private static String degrees(double size) {
        return String.format(Locale.ROOT, "%.7g", size);
    }
}
