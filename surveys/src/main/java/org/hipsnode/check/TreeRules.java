package org.hipsnode.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** The rules for the tree as a whole, where it can be listed (HiPS 1.0 §4.1). */
final class TreeRules {
    private final TreeListing listing;
    private final SurveyProperties properties;
    private final Findings findings;

    private TreeRules(TreeListing listing, SurveyProperties properties, Findings findings) {
        this.listing = listing;
        this.properties = properties;
        this.findings = findings;
    }

    static void check(
            TreeListing listing, SurveyProperties properties, Optional<MocFits.Content> coverage, Findings findings) {
        TreeRules rules = new TreeRules(listing, properties, findings);
        findings.each(Severity.ERROR, "4.2.1", listing.emptyFiles(), "an empty file");
        findings.each(Severity.WARNING, "4.1", listing.strangers(), "not the name of a tile or an Allsky file");
        rules.checkFormats();
        listing.tiles().forEach((format, orders) -> {
            if (properties.formats().contains(format)) { // nobody asks for the others
                rules.checkAncestors(format, orders);
                rules.checkOrders(format, orders);
                coverage.ifPresent(c -> rules.checkCoverage(format, orders, c));
            }
        });
        rules.checkCounts();
    }

    private void checkFormats() {
        for (TileFormat format : properties.formats()) {
            if (!listing.tiles().containsKey(format)) {
                findings.error("4.1", "hips_tile_format", "says " + format.keyword() + ", but there is no such tile");
            }
        }
        for (TileFormat format : listing.tiles().keySet()) {
            if (!properties.formats().contains(format)) {
                findings.warning(
                        "4.1", "hips_tile_format", "does not say " + format.keyword() + ", but there are such tiles");
            }
        }
    }

    private void checkAncestors(TileFormat format, SortedMap<Integer, Moc> orders) {
        int orderMin = Math.max(0, properties.integer("hips_order_min").orElse(orders.firstKey()));
        for (int order = orders.lastKey() - 1; order >= orderMin; order--) {
            Moc below = orders.getOrDefault(order + 1, Moc.empty(order + 1)).degraded(order);
            Moc missing = below.minus(orders.getOrDefault(order, Moc.empty(order)));
            report(format, order, missing, Severity.ERROR, "4.1", "missing, though tiles below it are there");
        }
    }

    private void checkOrders(TileFormat format, SortedMap<Integer, Moc> orders) {
        properties.order().ifPresent(order -> {
            if (orders.lastKey() != order) {
                findings.error(
                        "4.4.1",
                        "hips_order",
                        "says " + order + ", but the deepest " + format.keyword() + " tiles have order "
                                + orders.lastKey());
            }
        });
        properties.integer("hips_order_min").ifPresent(said -> {
            if (orders.firstKey() > said) {
                findings.error(
                        "4.4.1",
                        "hips_order_min",
                        "says " + said + ", but the first " + format.keyword() + " tiles have order "
                                + orders.firstKey());
            }
        });
    }

    private void checkCoverage(TileFormat format, SortedMap<Integer, Moc> orders, MocFits.Content coverage) {
        boolean sameFrame =
                coverage.frame().equals(properties.frame()) || coverage.moc().isFullSky();
        int deepest = orders.lastKey();
        if (!sameFrame || properties.order().orElse(-1) != deepest) {
            return;
        }
        Moc said = coverage.moc().degraded(deepest);
        Moc there = orders.getOrDefault(deepest, Moc.empty(deepest));
        report(
                format,
                deepest,
                there.minus(said),
                Severity.ERROR,
                "4.4.2",
                "outside Moc.fits, so viewers never ask for it");
        report(format, deepest, said.minus(there), Severity.WARNING, "4.4.2", "missing, though Moc.fits covers it");
    }

    private void report(TileFormat format, int order, Moc cells, Severity severity, String section, String message) {
        // the first few only: a coverage in disagreement with the tree may hold more cells than memory
        List<String> names = new ArrayList<>();
        int shift = 2 * (HealpixGrid.MAX_ORDER - order);
        cells.degraded(order).forEachRange((first, end) -> {
            for (long i = first >> shift; i < end >> shift && names.size() < Findings.LIKE_FINDINGS; i++) {
                names.add(TreeName.tile(new TileAddress(order, i), format).toString());
            }
        });
        findings.each(severity, section, names, cells.countTouchedCells(order), message);
    }

    /** Compares the codes of the formats that are named with them, and the number of files of those formats. */
    private void checkCounts() {
        List<TileFormat> named = new ArrayList<>();
        for (String said :
                properties.list().value("hips_check_code").orElse("").trim().split("[\\s,]+")) {
            Optional<TileFormat> format = TileFormat.ofWord(said.split(":", 2)[0]);
            if (format.isPresent() && said.contains(":")) {
                named.add(format.get());
                compare("hips_check_code", said, listing.checkCode().text(List.of(format.get())));
            }
        }
        long files = listing.checkCode().files(named.isEmpty() ? properties.formats() : named);
        properties
                .list()
                .value("hips_nb_tiles")
                .ifPresent(said -> compare("hips_nb_tiles", said, Long.toString(files)));
    }

    private void compare(String key, String said, String found) {
        if (!said.equals(found)) {
            findings.warning("", key, "says '" + said + "', but the files here give '" + found + "'");
        }
    }
}
