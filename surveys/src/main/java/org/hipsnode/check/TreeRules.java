package org.hipsnode.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.hipsnode.check.Finding.Severity;
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
            rules.checkAncestors(format, orders);
            rules.checkOrders(format, orders);
            coverage.ifPresent(c -> rules.checkCoverage(format, orders, c));
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
        int orderMin = properties.integer("hips_order_min").orElse(orders.firstKey());
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
        int said = properties.orderMin();
        if (orders.firstKey() > said) {
            findings.error(
                    "4.4.1",
                    "hips_order_min",
                    "is " + said + ", but the first " + format.keyword() + " tiles have order " + orders.firstKey());
        }
    }

    private void checkCoverage(TileFormat format, SortedMap<Integer, Moc> orders, MocFits.Content coverage) {
        boolean sameFrame = CoverageRules.frame(coverage).equals(properties.frame())
                || coverage.moc().isFullSky();
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
        List<String> names = new ArrayList<>();
        cells.forEachTouchedCell(
                order,
                (o, index) -> names.add(
                        TreeName.tile(new TileAddress(o, index), format).toString()));
        findings.each(severity, section, names, message);
    }

    private void checkCounts() {
        List<TileFormat> formats = properties.formats();
        compare("hips_check_code", listing.checkCode().text(formats));
        compare("hips_nb_tiles", Long.toString(listing.checkCode().files(formats)));
    }

    private void compare(String key, String found) {
        properties
                .list()
                .value(key)
                .filter(said -> !said.equals(found))
                .ifPresent(said ->
                        findings.warning("", key, "says '" + said + "', but the files here give '" + found + "'"));
    }
}
