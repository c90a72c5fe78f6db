package org.hipsnode.serve.describe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileFormat;

/** A program that shows surveys, with what it makes of one; from what was measured of each (docs/node-page.md). */
public enum Viewer {
    ALADIN_LITE("Aladin Lite") {
        @Override
        public Verdict of(SurveyProperties survey) {
            return first(List.of(
                            needsOrder(survey),
                            needsWordsOfAladinLite(survey),
                            when(
                                    survey.isCube() && !has(survey, "em_min", "em_max"),
                                    Level.NO,
                                    "it stops at a cube without em_min and em_max"),
                            when(
                                    only(survey, TileFormat.FITS) && !saysBitpix(survey),
                                    Level.NO,
                                    "of FITS tiles it needs hips_pixel_bitpix, and there is no other format"),
                            when(isOdd(survey), Level.PARTLY, "it draws this frame as if it were equatorial"),
                            when(isBody(survey), Level.PARTLY, "it is a body, whose longitudes come out mirrored"),
                            when(
                                    only(survey, TileFormat.FITS) && !has(survey, "hips_pixel_cut"),
                                    Level.PARTLY,
                                    "FITS tiles alone, without hips_pixel_cut, are shown from 0 to 1"),
                            when(
                                    !survey.isCatalogue() && survey.orderMin() > 0,
                                    Level.PARTLY,
                                    "orders below " + survey.orderMin()
                                            + " are missing: wide views need the Allsky file")))
                    .orElse(yes(
                            survey.isCatalogue()
                                    ? "in the live viewer of this page; it needs Allsky.tsv of orders 1 and 2"
                                    : "in the live viewer of this page"));
        }
    },
    ALADIN_DESKTOP("Aladin Desktop") {
        @Override
        public Verdict of(SurveyProperties survey) {
            return first(List.of(
                            needsOrder(survey),
                            when(survey.creatorDid().isEmpty(), Level.NO, "it shows nothing that has no creator_did"),
                            when(
                                    only(survey, TileFormat.WEBP),
                                    Level.NO,
                                    "it knows no WebP, and there is no other format")))
                    .orElse(yes("open it by its address"));
        }
    },
    WWT("WorldWide Telescope") {
        @Override
        public Verdict of(SurveyProperties survey) {
            return first(List.of(
                            needsOrder(survey),
                            when(survey.isCatalogue(), Level.NO, "made here for images only"),
                            when(isBody(survey), Level.NO, "made here for the sky only"),
                            when(survey.isCube(), Level.PARTLY, "of a cube it shows the first channel"),
                            when(
                                    pictureFor(survey, TileFormat.PNG, TileFormat.JPEG, TileFormat.FITS)
                                            .isEmpty(),
                                    Level.NO,
                                    "it knows PNG, JPEG and FITS, and there is none of these"),
                            when(
                                    survey.orderMin() > 0,
                                    Level.NO,
                                    "it starts at order 0, and the first order here is " + survey.orderMin()),
                            when(isOdd(survey), Level.PARTLY, "it draws this frame as if it were equatorial")))
                    .orElse(yes("open the WTML file"));
        }
    },
    STELLARIUM("Stellarium") {
        @Override
        public Verdict of(SurveyProperties survey) {
            return first(List.of(
                            needsOrder(survey),
                            when(survey.isCatalogue(), Level.NO, "it shows images only"),
                            when(
                                    pictureFor(survey, TileFormat.PNG, TileFormat.JPEG, TileFormat.WEBP)
                                            .isEmpty(),
                                    Level.NO,
                                    "it knows PNG, JPEG and WebP, and there is none of these"),
                            when(isOdd(survey), Level.PARTLY, "it does not turn this frame into its own"),
                            when(
                                    survey.orderMin() == 0 && !has(survey, "hips_order_min"),
                                    Level.PARTLY,
                                    "hips_order_min is not said, so it starts at order 3")))
                    .orElse(yes("add this node's HiPS list to its sources"));
        }
    };

    private static final Set<String> ALADIN_LITE_TYPES = Set.of("image", "cube", "spectral-cube");
    private static final Set<String> ALADIN_LITE_FORMATS = Set.of("fits", "fits.fz", "jpeg", "png", "webp");

    private final String title;

    Viewer(String title) {
        this.title = title;
    }

    /** How much of a survey a viewer shows. */
    public enum Level {
        YES,
        PARTLY,
        NO;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How much a viewer shows, and why. */
    public record Verdict(Level level, String reason) {}

    public String title() {
        return title;
    }

    /** Returns what the viewer makes of a survey, as far as its keywords tell. */
    public abstract Verdict of(SurveyProperties survey);

    private static Verdict yes(String how) {
        return new Verdict(Level.YES, how);
    }

    private static Optional<Verdict> first(List<Optional<Verdict>> verdicts) {
        return verdicts.stream().flatMap(Optional::stream).findFirst();
    }

    private static Optional<Verdict> when(boolean condition, Level level, String reason) {
        return condition ? Optional.of(new Verdict(level, reason)) : Optional.empty();
    }

    private static Optional<Verdict> needsOrder(SurveyProperties survey) {
        return when(
                survey.order().isEmpty() || survey.formats().isEmpty(),
                Level.NO,
                "hips_order or hips_tile_format is missing from its properties");
    }

    /** Of a word that it does not know, it makes an error, not a default. */
    private static Optional<Verdict> needsWordsOfAladinLite(SurveyProperties survey) {
        return survey.isCatalogue()
                ? Optional.empty()
                : first(List.of(
                        when(!has(survey, "hips_frame"), Level.NO, "it needs hips_frame"),
                        when(
                                !ALADIN_LITE_TYPES.contains(said(survey, "dataproduct_type")),
                                Level.NO,
                                "it needs dataproduct_type = image, cube or spectral-cube"),
                        when(
                                !ALADIN_LITE_FORMATS.containsAll(List.of(said(survey, "hips_tile_format")
                                        .toLowerCase(Locale.ROOT)
                                        .split(" +"))),
                                Level.NO,
                                "it stops at words of hips_tile_format other than webp, png, jpeg and fits")));
    }

    /** Tells whether Aladin Lite can show the FITS tiles, whose kind of numbers it does not find out by itself. */
    public static boolean saysBitpix(SurveyProperties survey) {
        return survey.integer("hips_pixel_bitpix").isPresent();
    }

    private static String said(SurveyProperties survey, String keyword) {
        return survey.list().value(keyword).orElse("");
    }

    private static boolean has(SurveyProperties survey, String... keywords) {
        return List.of(keywords).stream()
                .allMatch(key -> survey.list().value(key).isPresent());
    }

    private static boolean only(SurveyProperties survey, TileFormat format) {
        return survey.formats().equals(List.of(format));
    }

    /** Returns the first of some formats in which the tiles are. */
    public static Optional<TileFormat> pictureFor(SurveyProperties survey, TileFormat... wanted) {
        return List.of(wanted).stream().filter(survey.formats()::contains).findFirst();
    }

    /** Tells whether the tiles are of a body, not of the sky. */
    public static boolean isBody(SurveyProperties survey) {
        return survey.list().value("hips_body").isPresent()
                || (survey.frame().isEmpty()
                        && survey.list().value("hips_frame").isPresent());
    }

    private static boolean isOdd(SurveyProperties survey) {
        return survey.frame().filter(f -> f == Frame.ECLIPTIC).isPresent();
    }
}
