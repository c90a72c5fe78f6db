package org.hipsnode.generate.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.generate.render.Display;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.tile.TileFormat;

/**
 * A survey about to be made.
 *
 * @param source what it is made from, in words
 * @param tiles the tiles of the source's order that have data, in the layout's frame
 * @param keywords keywords given by the definition
 */
public record GenerationPlan(
        String source,
        Layout layout,
        PixelFormat pixels,
        List<TileFormat> formats,
        Display display,
        Moc tiles,
        HipsProperties keywords) {

    /** Bytes a pixel of a picture takes, about: measured on the maps at hand, a grey sky. */
    private static final double PICTURE_BYTES_PER_PIXEL = 0.7;

    private static final int FITS_HEADER_BYTES = 2880;

    public GenerationPlan {
        formats = List.copyOf(formats);
    }

    /** Returns how many tiles one format has, all orders together. */
    public long tileCount() {
        long count = 0;
        for (int order = 0; order <= layout.order(); order++) {
            count += tiles.countTouchedCells(order);
        }
        return count;
    }

    /** Returns how large the survey will be, about. */
    public long expectedBytes() {
        double pixelsOfTile = (double) layout.tileWidth() * layout.tileWidth();
        double bytes = 0;
        for (TileFormat format : formats) {
            bytes += format == TileFormat.FITS
                    ? FITS_HEADER_BYTES + pixelsOfTile * pixels.type().bytes()
                    : 1000 + pixelsOfTile * PICTURE_BYTES_PER_PIXEL;
        }
        return (long) (bytes * tileCount());
    }

    /** Returns the plan as named values, for people and programs. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("source", source);
        facts.put("id", keywords.value("creator_did").orElse(""));
        facts.put("frame", layout.frame().keyword());
        facts.put("order", layout.order());
        facts.put("tile-width", layout.tileWidth());
        facts.put("bitpix", pixels.type().bitpix());
        facts.put("formats", formats.stream().map(TileFormat::keyword).collect(Collectors.joining(" ")));
        facts.put("cut", display.cut().toString());
        facts.put("stretch", display.stretch().keyword());
        facts.put("colormap", display.colormap().name());
        facts.put("sky-fraction", String.format(Locale.ROOT, "%.6f", tiles.skyFraction()));
        facts.put("tiles", tileCount() * formats.size());
        facts.put("expected-bytes", expectedBytes());
        return facts;
    }
}
