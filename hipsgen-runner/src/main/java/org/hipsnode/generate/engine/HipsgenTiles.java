package org.hipsnode.generate.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.store.FolderStore;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/**
 * Takes over the tiles that Hipsgen made, byte for byte, once it is sure that they are those of the plan. Hipsgen makes tiles
 * of cells without data too; those stay behind.
 */
final class HipsgenTiles {
    private static final int MOST_BYTES = 1 << 29;

    private final GenerationPlan plan;
    private final FolderStore made;
    private final Workplace workplace;
    private final Map<TileFormat, Long> tiles = new EnumMap<>(TileFormat.class);

    private HipsgenTiles(GenerationPlan plan, FolderStore made, Workplace workplace) {
        this.plan = plan;
        this.made = made;
        this.workplace = workplace;
    }

    /**
     * Takes over the tiles and Allsky files of the plan's formats.
     *
     * @param folder of the survey that Hipsgen made
     * @return name and version of Hipsgen
     */
    static String takeOver(GenerationPlan plan, Path folder, Workplace workplace) throws IOException {
        HipsgenTiles tiles = new HipsgenTiles(plan, new FolderStore(folder), workplace);
        SurveyProperties said = tiles.properties();
        tiles.requirePlanned(said);
        tiles.take();
        return said.list().value("hips_builder").orElse("Aladin");
    }

    private SurveyProperties properties() throws IOException {
        byte[] list = read("properties", HipsProperties.MAX_BYTES);
        return new SurveyProperties(HipsProperties.parse(list, "properties"));
    }

    private byte[] read(String name, int limit) throws IOException {
        return made.read(name, limit)
                .orElseThrow(() -> new IOException("Hipsgen's survey: expected '" + name + "', found no such file"));
    }

    private void requirePlanned(SurveyProperties said) throws IOException {
        require("hips_frame", plan.layout().frame().keyword(), said);
        require("hips_order", Integer.toString(plan.layout().order()), said);
        require("hips_tile_width", Integer.toString(plan.layout().tileWidth()), said);
        require("hips_pixel_bitpix", Integer.toString(plan.pixels().type().bitpix()), said);
    }

    private static void require(String key, String expected, SurveyProperties said) throws IOException {
        String found = said.list().value(key).orElse("none");
        if (!found.equals(expected)) {
            throw new IOException(
                    "Hipsgen's survey: expected " + key + " = " + expected + " as planned, found " + found);
        }
    }

    private void take() throws IOException {
        try (Progress.Phase phase = workplace.progress().begin("take over", "files", 0)) {
            made.list((name, bytes) -> {
                Optional<TreeName> tree = TreeName.parse(name).filter(this::isPlanned);
                if (tree.isPresent()) {
                    take(tree.get(), read(name, MOST_BYTES));
                    phase.add(1, bytes);
                }
            });
        }
        for (TileFormat format : plan.formats()) {
            long found = tiles.getOrDefault(format, 0L);
            if (found != plan.tileCount()) {
                throw new IOException("Hipsgen's survey: expected " + plan.tileCount() + " " + format.keyword()
                        + " tiles as planned, found " + found);
            }
        }
    }

    private boolean isPlanned(TreeName tree) {
        if (tree.channel() != 0 || tree.order() > plan.layout().order()) {
            return false;
        }
        return tree instanceof TreeName.Tile tile
                ? plan.tiles()
                        .touchesCell(tile.address().order(), tile.address().index())
                : plan.formats().contains(tree.format());
    }

    private void take(TreeName tree, byte[] content) throws IOException {
        if (tree instanceof TreeName.Tile tile) {
            tiles.merge(tile.format(), 1L, Long::sum);
            if (tile.format() == TileFormat.FITS) {
                workplace.harvest().accept(tile.address(), pixels(tile, content));
            }
        }
        if (plan.formats().contains(tree.format())) {
            workplace.files().write(tree.toString(), content);
        }
    }

    private byte[] pixels(TreeName.Tile tile, byte[] content) throws IOException {
        FitsImage image = FitsImage.parse(content, tile.toString());
        int width = plan.layout().tileWidth();
        if (image.width() != width || image.height() != width || !image.format().equals(plan.pixels())) {
            throw MalformedDataException.expected(
                    tile.toString(),
                    width + "×" + width + " pixels of " + plan.pixels(),
                    image.width() + "×" + image.height() + " of " + image.format());
        }
        return image.data();
    }
}
