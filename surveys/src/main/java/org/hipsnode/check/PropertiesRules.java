package org.hipsnode.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.config.NearestWord;
import org.hipsnode.fits.PixelType;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.properties.Keyword;
import org.hipsnode.properties.Keyword.Obligation;
import org.hipsnode.properties.OldKeywords;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.tile.TileFormat;

/** The rules for the keyword list (HiPS 1.0 §4.4.1; standards.md §1.13). */
final class PropertiesRules {
    private static final String SECTION = "4.4.1";
    private static final int LONGEST_TITLE = 130;
    private static final double VERSION = 1.4;

    private static final Set<String> PRODUCT_TYPES =
            Set.of("image", "cube", "catalog", "meta", "spectral-cube", "time-cube");
    private static final Set<String> FRAMES = Set.of("equatorial", "galactic", "ecliptic");

    /** Words that tools add with a number behind, or for their own use. */
    private static final List<String> FREE_PREFIXES = List.of(
            "hipsgen_",
            "hips_service_url_",
            "hips_status_",
            "TIMESTAMP",
            "ID",
            "obs_initial_",
            "hips_rgb_",
            "data_",
            "client_");

    private final HipsProperties list;
    private final SurveyProperties properties;
    private final Findings findings;

    private PropertiesRules(HipsProperties list, Findings findings) {
        this.list = list;
        this.properties = new SurveyProperties(list);
        this.findings = findings;
    }

    static void check(HipsProperties list, Findings findings) {
        PropertiesRules rules = new PropertiesRules(list, findings);
        rules.checkText();
        rules.checkObligations();
        Keyword.all().forEach(rules::checkForm);
        rules.checkWords();
        rules.checkStatus();
        rules.checkOrders();
        rules.checkIntervals();
        rules.checkRanges();
        rules.checkUnknownKeywords();
    }

    private void checkText() {
        if (!list.isUtf8()) {
            findings.warning(SECTION, "properties", "expected UTF-8, found other bytes (read as Latin-1)");
        }
        findings.each(
                Severity.WARNING, SECTION, list.strayLines(), "expected 'key = value', so readers pass this line over");
        if (list.hasBlankLines()) {
            findings.info("5.2", "properties", "blank lines would split the record in a HiPS list");
        }
    }

    private void checkObligations() {
        for (Keyword keyword : Keyword.all()) {
            if (list.value(keyword.name()).isEmpty()) {
                if (keyword.obligation() == Obligation.REQUIRED) {
                    findings.error(SECTION, keyword.name(), "required, but missing");
                } else if (keyword.obligation() == Obligation.RECOMMENDED) {
                    findings.warning(SECTION, keyword.name(), "recommended, but missing");
                }
            } else if (!keyword.repeatable() && list.values(keyword.name()).size() > 1) {
                findings.warning(
                        SECTION,
                        keyword.name(),
                        "expected one value, found "
                                + list.values(keyword.name()).size() + ": readers take the first or last");
            }
        }
        if (properties.isCatalogue() && list.value("hips_cat_nrows").isEmpty()) {
            findings.warning(SECTION, "hips_cat_nrows", "recommended for a catalogue, but missing");
        }
        if (list.value("dataproduct_type").filter("cube"::equals).isPresent()
                && list.value("hips_cube_depth").isEmpty()) {
            findings.error(SECTION, "hips_cube_depth", "required for a cube, but missing");
        }
    }

    private void checkForm(Keyword keyword) {
        for (String value : list.values(keyword.name())) {
            String expected = KeywordForm.expectation(keyword.kind(), value);
            if (!expected.isEmpty()) {
                Severity severity = keyword.obligation() == Obligation.REQUIRED ? Severity.ERROR : Severity.WARNING;
                findings.add(severity, SECTION, keyword.name(), "expected " + expected + ", found '" + value + "'");
            }
        }
    }

    private void checkWords() {
        list.value("creator_did")
                .filter(id -> id.startsWith("ivo://unknown.authority/"))
                .ifPresent(id -> findings.warning(
                        SECTION, "creator_did", "expected the authority of a data centre, found '" + id + "'"));
        list.value("obs_title")
                .filter(t -> t.length() > LONGEST_TITLE)
                .ifPresent(t -> findings.warning(
                        SECTION,
                        "obs_title",
                        "expected at most " + LONGEST_TITLE + " characters, found " + t.length()));
        for (String regime : list.values("obs_regime")) {
            if (!KeywordForm.REGIMES.contains(regime)) {
                findings.warning(
                        SECTION,
                        "obs_regime",
                        "expected one of " + KeywordForm.regimes() + ", one to a line, found '" + regime + "'");
            }
        }
        list.value("dataproduct_type")
                .filter(t -> !PRODUCT_TYPES.contains(t))
                .ifPresent(t -> findings.error(
                        SECTION, "dataproduct_type", "expected image, cube or catalog, found '" + t + "'"));
        for (String key : List.of("hips_pixel_bitpix", "data_pixel_bitpix")) {
            list.value(key)
                    .filter(b -> !isBitpix(b))
                    .ifPresent(b ->
                            findings.warning(SECTION, key, "expected 8, 16, 32, 64, -32 or -64, found '" + b + "'"));
        }
        checkFormats();
        checkVersion();
        checkFrame();
    }

    private static boolean isBitpix(String value) {
        return value.matches("[+-]?\\d{1,2}")
                && PixelType.ofBitpix(Integer.parseInt(value)).isPresent();
    }

    private void checkFormats() {
        String formats = list.value("hips_tile_format").orElse("");
        if (formats.contains(",")) {
            findings.error(SECTION, "hips_tile_format", "expected blanks between the formats, found '" + formats + "'");
        }
        for (String word : formats.split("[\\s,]+")) {
            if (!word.isEmpty() && TileFormat.ofWord(word).isEmpty()) {
                findings.warning(
                        SECTION, "hips_tile_format", "expected fits, png, jpeg, webp or tsv, found '" + word + "'");
            } else if (word.equals("jpg")) {
                findings.warning(SECTION, "hips_tile_format", "the keyword's word for JPEG is 'jpeg', found 'jpg'");
            }
        }
    }

    private void checkVersion() {
        properties.number("hips_version").ifPresent(version -> {
            if (version < VERSION) {
                findings.info(SECTION, "hips_version", "older than HiPS 1.0, whose version is 1.4: " + version);
            } else if (version > VERSION) {
                findings.warning(SECTION, "hips_version", "newer than HiPS 1.0, whose version is 1.4: " + version);
            }
        });
    }

    private void checkFrame() {
        String frame = list.value("hips_frame").orElse("");
        if (!frame.isEmpty() && !FRAMES.contains(frame)) {
            boolean planetary = list.value("hips_body").isPresent();
            String message = "'" + frame + "' is none of equatorial, galactic and ecliptic";
            if (planetary) {
                findings.info(SECTION, "hips_frame", message + ": taken as the frame of the body in hips_body");
            } else {
                findings.warning(SECTION, "hips_frame", message + ": for a planet, write hips_body too");
            }
        }
    }

    private void checkStatus() {
        list.value("hips_status").ifPresent(status -> {
            Severity severity = HipsStatus.isVisibilityDoubtful(status) ? Severity.ERROR : Severity.WARNING;
            HipsStatus.unknownWords(status)
                    .forEach(w -> findings.add(severity, SECTION, "hips_status", "unknown word '" + w + "'"));
            if (HipsStatus.hasRedundantWords(status)) {
                findings.error(SECTION, "hips_status", "more than one word for one thing in '" + status + "'");
            }
            if (status.contains(",")) {
                findings.error(SECTION, "hips_status", "expected blanks between the words, found '" + status + "'");
            }
        });
    }

    private void checkOrders() {
        for (String key : List.of("hips_order", "hips_order_min", "hips_tile_width")) {
            list.value(key)
                    .filter(value -> KeywordForm.isWhole(value)
                            && properties.integer(key).isEmpty())
                    .ifPresent(value ->
                            findings.error(SECTION, key, "expected a number of sensible size, found '" + value + "'"));
        }
        int order = properties.order().orElse(0);
        if (order < 0 || order > HealpixGrid.MAX_ORDER) {
            findings.error(SECTION, "hips_order", "expected 0 to " + HealpixGrid.MAX_ORDER + ", found " + order);
        }
        if (properties.orderMin() > order || properties.orderMin() < 0) {
            findings.error(
                    SECTION,
                    "hips_order_min",
                    "expected 0 to hips_order = " + order + ", found " + properties.orderMin());
        }
        if (list.value("hips_order_min").isEmpty()) {
            findings.warning(
                    SECTION,
                    "hips_order_min",
                    "missing: Aladin Lite takes it as 0, Hipsgen as 3 (as 1 for catalogues)");
        }
        int width = properties.tileWidth();
        if (Integer.bitCount(width) != 1 || width < 1) {
            findings.error(SECTION, "hips_tile_width", "expected a power of two, found " + width);
        } else if (!properties.isCatalogue() && order + Integer.numberOfTrailingZeros(width) > HealpixGrid.MAX_ORDER) {
            findings.error(
                    SECTION, "hips_order", "pixels of order " + order + " and width " + width + " are past order 29");
        }
    }

    private void checkIntervals() {
        for (String[] pair : new String[][] {{"t_min", "t_max"}, {"em_min", "em_max"}}) {
            double low = properties.number(pair[0]).orElse(Double.NEGATIVE_INFINITY);
            double high = properties.number(pair[1]).orElse(Double.POSITIVE_INFINITY);
            if (low > high) {
                findings.error(SECTION, pair[0], "expected less than " + pair[1] + " = " + high + ", found " + low);
            }
        }
        boolean fits = properties.formats().contains(TileFormat.FITS);
        for (String key : List.of("hips_pixel_cut", "hips_pixel_bitpix")) {
            if (fits && list.value(key).isEmpty()) {
                findings.warning(SECTION, key, "missing: Aladin Lite needs it to draw FITS tiles");
            }
        }
    }

    private void checkRanges() {
        within("moc_sky_fraction", 0, 1);
        within("hips_initial_ra", 0, 360);
        within("hips_initial_dec", -90, 90);
        within("hips_initial_fov", 0, 360);
    }

    private void within(String key, double min, double max) {
        properties.number(key).ifPresent(value -> {
            if (value < min || value > max) {
                findings.warning(SECTION, key, "expected " + min + " to " + max + ", found " + value);
            }
        });
    }

    private void checkUnknownKeywords() {
        List<String> known = Keyword.all().stream().map(Keyword::name).toList();
        for (String key : list.keys()) {
            Optional<String> newName = OldKeywords.newNameOf(key);
            if (newName.isPresent()) {
                findings.info(SECTION, key, "keyword of before HiPS 1.0: write " + newName.get());
            } else if (!known.contains(key) && FREE_PREFIXES.stream().noneMatch(key::startsWith)) {
                Optional<String> nearest = NearestWord.to(key.toLowerCase(Locale.ROOT), known);
                findings.add(
                        nearest.isPresent() ? Severity.WARNING : Severity.INFO,
                        SECTION,
                        key,
                        "not a keyword of HiPS 1.0"
                                + nearest.map(k -> ": did you mean " + k + "?").orElse(""));
            }
        }
    }

    /** Reports values of a HiPS list's record that differ from the survey's own. */
    static void compare(HipsProperties record, HipsProperties own, String survey, Findings findings) {
        for (String key : record.keys()) {
            List<String> there = own.values(key);
            if (!there.isEmpty()
                    && !there.equals(record.values(key))
                    && !Arrays.asList("hips_status").contains(key)) {
                findings.warning(
                        "5.2",
                        survey + " " + key,
                        "the list says '" + String.join("', '", record.values(key)) + "', the survey '"
                                + String.join("', '", there) + "'");
            }
        }
    }
}
