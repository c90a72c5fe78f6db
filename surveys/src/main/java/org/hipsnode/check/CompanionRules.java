package org.hipsnode.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.tile.AllskyLayout;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** The rules for the files beside the tiles: Allsky, preview, metadata (HiPS 1.0 §4.3.2, §4.4.3, §4.4.4). */
final class CompanionRules {
    private static final int USUAL_TILE_WIDTH = 512;

    private final CheckedStore store;
    private final SurveyProperties properties;
    private final Findings findings;

    CompanionRules(CheckedStore store, SurveyProperties properties, Findings findings) {
        this.store = store;
        this.properties = properties;
        this.findings = findings;
    }

    void check() {
        if (properties.isCatalogue()) {
            checkCatalogue();
        } else {
            for (TileFormat format : properties.formats()) {
                checkAllsky(format);
            }
        }
        CheckedStore.Answer preview = store.read("preview.jpg", "4.4.4");
        if (preview.isRead() && !ImageFacts.format(preview.content()).equals(Optional.of(TileFormat.JPEG))) {
            findings.error("4.4.4", "preview.jpg", "expected a JPEG image, found something else");
        }
    }

    private void checkAllsky(TileFormat format) {
        int order = AllskyLayout.USUAL_ORDER;
        if (properties.order().orElse(0) < order || properties.orderMin() > order) {
            return;
        }
        String name = TreeName.allsky(order, format).toString();
        CheckedStore.Answer file = store.read(name, "4.3.2");
        if (file.isAbsent()) {
            reportMissingAllsky(name);
        }
        if (!file.isRead()) {
            return;
        }
        if (!ImageFacts.format(file.content()).equals(Optional.of(format))) {
            findings.error("4.3.2", name, "expected " + format.keyword() + ", found something else");
            return;
        }
        try {
            checkAllskySize(name, size(name, format, file.content()), order);
        } catch (IOException e) {
            findings.broken("4.3.2", name, e);
        }
    }

    private void reportMissingAllsky(String name) {
        if (properties.orderMin() > 0) {
            findings.error("4.3.2", name, "missing: without tiles of the first orders, viewers need it");
        } else if (properties.tileWidth() < USUAL_TILE_WIDTH) {
            findings.warning(
                    "4.3.2",
                    name,
                    "missing: with tiles narrower than " + USUAL_TILE_WIDTH
                            + " Aladin Lite shows nothing of the first orders");
        }
    }

    private static ImageFacts.Size size(String name, TileFormat format, byte[] file) throws IOException {
        return switch (format) {
            case FITS -> {
                FitsImage image = FitsImage.parse(file, name);
                yield new ImageFacts.Size(image.width(), image.height());
            }
            case WEBP -> ImageFacts.webpSize(file, name);
            default -> ImageFacts.decode(file, name);
        };
    }

    private void checkAllskySize(String name, ImageFacts.Size size, int order) {
        AllskyLayout shape = new AllskyLayout(order, 1);
        boolean wholeBlocks = size.width() % shape.columns() == 0
                && size.height() % shape.rows() == 0
                && size.width() / shape.columns() == size.height() / shape.rows();
        if (!wholeBlocks) {
            findings.error(
                    "4.3.2",
                    name,
                    "expected " + shape.columns() + "×" + shape.rows() + " square blocks, found " + size);
        }
    }

    private void checkCatalogue() {
        CheckedStore.Answer metadata = store.read("metadata.xml", "4.4.3");
        if (metadata.isAbsent()) {
            findings.error("4.4.3", "metadata.xml", "missing: viewers cannot know the columns");
        } else if (metadata.isRead() && !new String(metadata.content(), StandardCharsets.UTF_8).contains("<VOTABLE")) {
            findings.error("4.4.3", "metadata.xml", "expected a VOTable, found something else");
        }
        for (int order : List.of(1, 2)) {
            String name = TreeName.allsky(order, TileFormat.TSV).toString();
            if (store.read(name, "4.3.2").isAbsent()) {
                findings.warning("4.3.2", name, "missing: Aladin Lite draws nothing of a catalogue without it");
            }
        }
    }
}
