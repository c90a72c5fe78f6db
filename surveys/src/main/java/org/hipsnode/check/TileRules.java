package org.hipsnode.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.jspecify.annotations.Nullable;

/** The rules for single tiles (HiPS 1.0 §4.2.1), tried on a few, with their ancestors. */
final class TileRules {
    private static final String SECTION = "4.2.1";
    private static final int SAMPLES = 3;

    /** The first order of surveys that do not say it, as Hipsgen and CDS's lint take it (standards.md §0). */
    private static final int USUAL_ORDER_MIN = 3;

    private static final int USUAL_ORDER_MIN_OF_CATALOGUES = 1;

    private final CheckedStore store;
    private final SurveyProperties properties;
    private final Findings findings;

    TileRules(CheckedStore store, SurveyProperties properties, Findings findings) {
        this.store = store;
        this.properties = properties;
        this.findings = findings;
    }

    void check(TileFormat format, Optional<MocFits.Content> coverage, Optional<TreeListing> listing) {
        if (listing.isPresent()) {
            checkDeepest(listing.get().tiles().get(format), format);
        } else if (coverage.filter(this::isInSurveysFrame).isPresent()) {
            int order = Math.max(0, Math.min(29, properties.order().orElse(0)));
            checkSample(coverage.get().moc(), order, format, true);
        } else {
            checkFirstTiles(format);
        }
    }

    private void checkDeepest(@Nullable SortedMap<Integer, Moc> orders, TileFormat format) {
        if (orders != null) {
            int deepest = orders.lastKey();
            checkSample(orders.getOrDefault(deepest, Moc.empty(deepest)), deepest, format, false);
        }
    }

    private boolean isInSurveysFrame(MocFits.Content coverage) {
        Frame frame = properties.frame().orElse(Frame.EQUATORIAL);
        return coverage.moc().isFullSky() || coverage.frame().equals(Optional.of(frame));
    }

    /** Tries the first, the middle and the last tile, and all their ancestors. */
    private void checkSample(Moc candidates, int order, TileFormat format, boolean mustExist) {
        long count = candidates.countTouchedCells(order);
        List<Long> chosen = new ArrayList<>();
        for (int i = 0; i < SAMPLES && count > 0; i++) {
            long wanted = i * (count - 1) / (SAMPLES - 1);
            long index = nth(candidates, order, wanted);
            if (!chosen.contains(index)) {
                chosen.add(index);
            }
        }
        // tiles that lie together have most ancestors in common
        Set<String> names = new LinkedHashSet<>();
        for (long index : chosen) {
            TileAddress tile = new TileAddress(order, index);
            for (int o = order; o >= Math.min(order, orderMin()); o--) {
                names.add(TreeName.tile(tile.ancestor(o), format).toString());
            }
        }
        for (String name : names) {
            if (!checkTile(name, format) && mustExist) {
                findings.error("4.1", name, "missing, though Moc.fits covers it");
            }
        }
    }

    private int orderMin() {
        int usual = properties.isCatalogue() ? USUAL_ORDER_MIN_OF_CATALOGUES : USUAL_ORDER_MIN;
        return Math.max(0, properties.integer("hips_order_min").orElse(usual));
    }

    /** Returns the index of the n-th cell of an order that a MOC touches, from 0. */
    private static long nth(Moc moc, int order, long n) {
        Moc cells = moc.degraded(order);
        int shift = 2 * (29 - order);
        long[] left = {n};
        long[] result = {-1};
        cells.forEachRange((first, end) -> {
            long size = (end - first) >> shift;
            if (result[0] < 0 && left[0] < size) {
                result[0] = (first >> shift) + left[0];
            }
            left[0] -= size;
        });
        return result[0];
    }

    /** Without coverage and listing, asks for the tiles of the lowest order. */
    private void checkFirstTiles(TileFormat format) {
        int order = Math.min(
                orderMin(),
                Math.max(0, Math.min(USUAL_ORDER_MIN, properties.order().orElse(USUAL_ORDER_MIN))));
        for (long index = 0; index < 12L << (2 * order); index++) {
            if (checkTile(TreeName.tile(new TileAddress(order, index), format).toString(), format)) {
                return;
            }
        }
        findings.error("4.1", TreeName.folder(order), "no " + format.keyword() + " tile found");
    }

    /** Looks a tile over; false if it is not there. */
    private boolean checkTile(String name, TileFormat format) {
        CheckedStore.Answer file = store.read(name, SECTION);
        if (file.isRead()) {
            checkContent(name, format, file.content());
        }
        return !file.isAbsent();
    }

    private void checkContent(String name, TileFormat format, byte[] bytes) {
        if (format == TileFormat.TSV) {
            checkTable(name, bytes);
            return;
        }
        Optional<TileFormat> found = ImageFacts.format(bytes);
        if (!found.equals(Optional.of(format))) {
            findings.error(
                    SECTION,
                    name,
                    "expected " + format.keyword() + ", found "
                            + found.map(TileFormat::keyword).orElse("something else"));
            return;
        }
        try {
            checkSize(name, size(name, format, bytes));
        } catch (IOException e) {
            findings.broken(SECTION, name, e);
        }
    }

    private ImageFacts.Size size(String name, TileFormat format, byte[] bytes) throws IOException {
        return switch (format) {
            case FITS -> checkFits(name, bytes);
            case WEBP -> ImageFacts.webpSize(bytes, name);
            default -> ImageFacts.decode(bytes, name);
        };
    }

    private ImageFacts.Size checkFits(String name, byte[] bytes) throws IOException {
        FitsImage image = FitsImage.parse(bytes, name);
        if (image.gzipped()) {
            findings.warning(
                    SECTION,
                    name,
                    "gzip data in a .fits file: deprecated, and Aladin Lite shows it only from a server that tells it as such, as hipsnode does");
        }
        if (image.trimmed()) {
            findings.info(SECTION, name, "trimmed: older viewers cannot show it");
        }
        int bitpix = image.format().type().bitpix();
        properties.integer("hips_pixel_bitpix").ifPresent(said -> {
            if (said != bitpix) {
                findings.error(
                        SECTION, name, "expected BITPIX = " + said + " as hips_pixel_bitpix says, found " + bitpix);
            }
        });
        if (!FitsImage.sumsAgree(bytes, name)) {
            findings.error(SECTION, name, "its DATASUM or CHECKSUM does not belong to its bytes: the file is damaged");
        }
        return new ImageFacts.Size(image.width(), image.height());
    }

    private void checkSize(String name, ImageFacts.Size size) throws MalformedDataException {
        if (size.width() != size.height() || Integer.bitCount(size.width()) != 1) {
            throw MalformedDataException.expected(name, "a square with a power of two as side", size.toString());
        }
        if (size.width() != properties.tileWidth()) {
            findings.error(
                    SECTION,
                    name,
                    "expected width " + properties.tileWidth() + " (hips_tile_width), found " + size.width());
        }
    }

    private void checkTable(String name, byte[] bytes) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        if (lines.isEmpty() || !lines.get(0).contains("\t")) {
            findings.error("4.2.2", name, "expected column names between tabs in the first line");
            return;
        }
        int columns = lines.get(0).split("\t", -1).length;
        for (String line : lines) {
            if (line.split("\t", -1).length != columns) {
                findings.error("4.2.2", name, "expected " + columns + " columns in every line");
                return;
            }
        }
    }
}
