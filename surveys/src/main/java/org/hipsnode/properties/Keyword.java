package org.hipsnode.properties;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keywords of HiPS 1.0 §4.4.1 and those that Hipsgen and CDS add, with what each must look like (standards.md §1.7).
 *
 * @param name as written
 * @param obligation how much the standard wants it
 * @param repeatable whether more values may follow on lines of their own
 * @param kind the form of its value
 */
public record Keyword(String name, Obligation obligation, boolean repeatable, Kind kind) {

    /** How much the standard wants a keyword. */
    public enum Obligation {
        REQUIRED,
        RECOMMENDED,
        OPTIONAL
    }

    /** The form of a value. */
    public enum Kind {
        TEXT,
        IVOID,
        URL,
        DATE,
        NUMBER,
        INTEGER,
        /** Two numbers, the smaller first. */
        INTERVAL,
        /** Words or codes that have a rule of their own. */
        WORDS
    }

    private static final List<Keyword> ALL = List.of(
            required("creator_did", Kind.IVOID),
            required("obs_title", Kind.TEXT),
            required("dataproduct_type", Kind.WORDS),
            required("hips_version", Kind.NUMBER),
            required("hips_release_date", Kind.DATE),
            required("hips_status", Kind.WORDS),
            required("hips_frame", Kind.WORDS),
            required("hips_order", Kind.INTEGER),
            required("hips_tile_format", Kind.WORDS),
            recommended("obs_description", Kind.TEXT),
            new Keyword("prov_progenitor", Obligation.RECOMMENDED, true, Kind.TEXT),
            new Keyword("obs_regime", Obligation.RECOMMENDED, true, Kind.WORDS),
            recommended("hips_creation_date", Kind.DATE),
            recommended("hips_initial_ra", Kind.NUMBER),
            recommended("hips_initial_dec", Kind.NUMBER),
            recommended("hips_initial_fov", Kind.NUMBER),
            recommended("t_min", Kind.NUMBER),
            recommended("t_max", Kind.NUMBER),
            recommended("em_min", Kind.NUMBER),
            recommended("em_max", Kind.NUMBER),
            optional("publisher_id", Kind.IVOID),
            optional("publisher_did", Kind.IVOID),
            optional("obs_collection", Kind.TEXT),
            optional("obs_ack", Kind.TEXT),
            repeatable("bib_reference", Kind.TEXT),
            repeatable("bib_reference_url", Kind.URL),
            optional("obs_copyright", Kind.TEXT),
            optional("obs_copyright_url", Kind.URL),
            optional("hips_copyright", Kind.TEXT),
            optional("hips_licence", Kind.TEXT),
            optional("hips_doi", Kind.TEXT),
            repeatable("data_ucd", Kind.TEXT),
            optional("hips_builder", Kind.TEXT),
            optional("hips_creator", Kind.TEXT),
            optional("hips_processing", Kind.TEXT),
            repeatable("hips_history", Kind.TEXT),
            optional("hips_service_url", Kind.URL),
            optional("hips_master_url", Kind.URL),
            optional("hips_manifest_url", Kind.TEXT),
            optional("hips_estsize", Kind.INTEGER),
            optional("hips_nb_tiles", Kind.INTEGER),
            optional("hips_check_code", Kind.WORDS),
            optional("hips_body", Kind.TEXT),
            optional("hips_order_min", Kind.INTEGER),
            optional("hips_order_axis2", Kind.INTEGER),
            optional("hips_order_hierarchy", Kind.TEXT),
            optional("hips_tile_width", Kind.INTEGER),
            optional("hips_tile_depth", Kind.INTEGER),
            optional("hips_pixel_cut", Kind.INTERVAL),
            optional("hips_pixel_function", Kind.TEXT),
            optional("hips_data_range", Kind.INTERVAL),
            optional("hips_data_minmax", Kind.INTERVAL),
            optional("hips_sampling", Kind.TEXT),
            optional("hips_overlay", Kind.TEXT),
            optional("hips_hierarchy", Kind.TEXT),
            optional("hips_skyval", Kind.TEXT),
            optional("hips_skyval_method", Kind.TEXT),
            optional("hips_skyval_value", Kind.TEXT),
            optional("hips_pixel_bitpix", Kind.WORDS),
            optional("data_pixel_bitpix", Kind.WORDS),
            optional("hips_bunit", Kind.TEXT),
            optional("dataproduct_subtype", Kind.WORDS),
            optional("hips_progenitor_url", Kind.URL),
            optional("hips_cat_nrows", Kind.INTEGER),
            optional("hips_cube_depth", Kind.INTEGER),
            optional("hips_cube_firstframe", Kind.INTEGER),
            optional("data_cube_crpix3", Kind.NUMBER),
            optional("data_cube_crval3", Kind.NUMBER),
            optional("data_cube_cdelt3", Kind.NUMBER),
            optional("data_cube_bunit3", Kind.TEXT),
            optional("data_cube_cunit3", Kind.TEXT),
            optional("hips_initial_freq", Kind.NUMBER),
            optional("hips_initial_time", Kind.TEXT),
            optional("hips_pixel_scale", Kind.NUMBER),
            optional("s_pixel_scale", Kind.NUMBER),
            optional("obs_restfreq", Kind.NUMBER),
            optional("client_category", Kind.TEXT),
            optional("client_sort_key", Kind.TEXT),
            optional("client_application", Kind.TEXT),
            repeatable("client_link", Kind.TEXT),
            repeatable("addendum_did", Kind.IVOID),
            optional("prov_did", Kind.IVOID),
            optional("moc_sky_fraction", Kind.NUMBER),
            optional("moc_access_url", Kind.URL),
            optional("moc_type", Kind.TEXT),
            optional("moc_order", Kind.INTEGER),
            optional("hips_rgb_red", Kind.TEXT),
            optional("hips_rgb_green", Kind.TEXT),
            optional("hips_rgb_blue", Kind.TEXT));

    private static Keyword required(String name, Kind kind) {
        return new Keyword(name, Obligation.REQUIRED, false, kind);
    }

    private static Keyword recommended(String name, Kind kind) {
        return new Keyword(name, Obligation.RECOMMENDED, false, kind);
    }

    private static Keyword optional(String name, Kind kind) {
        return new Keyword(name, Obligation.OPTIONAL, false, kind);
    }

    private static Keyword repeatable(String name, Kind kind) {
        return new Keyword(name, Obligation.OPTIONAL, true, kind);
    }

    /** Returns the known keywords, the required ones first. */
    public static List<Keyword> all() {
        return ALL;
    }

    public static Optional<Keyword> named(String name) {
        return ALL.stream().filter(k -> k.name.equals(name)).findFirst();
    }

    /** Tells whether this is for images and cubes only: a catalogue has no pixels. */
    public boolean needsPixels() {
        return Arrays.asList("hips_pixel_cut", "hips_pixel_bitpix").contains(name);
    }
}
