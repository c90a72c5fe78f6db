package org.hipsnode.generate.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.generate.render.ColourDisplay;
import org.hipsnode.generate.render.Display;
import org.hipsnode.generate.render.Style;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileFormat;

/**
 * A survey about to be made.
 *
 * @param origin what it is made from
 * @param pixels the numbers that are shown
 * @param tiles the tiles of the source's order that have data, in the layout's frame
 * @param channels how many images there are of each place: 1, but for a cube
 * @param keywords keywords given by the definition
 */
public record GenerationPlan(
        Origin origin,
        Layout layout,
        PixelFormat pixels,
        List<TileFormat> formats,
        Style style,
        Moc tiles,
        int channels,
        HipsProperties keywords) {

    /** Bytes a pixel of a picture takes, about: measured on the maps at hand, a grey sky. */
    private static final double PICTURE_BYTES_PER_PIXEL = 0.7;

    /** Three channels compress a little better than three pictures. */
    private static final double COLOURS = 2.5;

    private static final int FITS_HEADER_BYTES = 2880;

    public GenerationPlan {
        formats = List.copyOf(formats);
    }

    /** Returns how many tiles one format has, all orders together. */
    public long tileCount() {
        return tileCount(tiles);
    }

    /** Returns how many tiles one format has in a part of the sky. */
    public long tileCount(Moc part) {
        long count = 0;
        for (int order = 0; order <= layout.order(); order++) {
            count += part.countTouchedCells(order);
        }
        return count * channels;
    }

    /** Returns how single values are shown; for surveys of one value a pixel only. */
    public Display display() {
        if (style instanceof Display display) {
            return display;
        }
        throw new IllegalStateException("colours made of three values have no single cut");
    }

    /** Returns the channel that viewers show first and that display and preview are made for: the middle one, as Hipsgen has it. */
    public int firstChannel() {
        return channels / 2;
    }

    /** Returns the value of hips_frame: for a body its name, as Aladin Desktop has it, where Aladin Lite looks at hips_body. */
    public String frame() {
        return keywords.value("hips_body")
                .filter(body -> layout.frame() == Frame.EQUATORIAL)
                .orElse(layout.frame().keyword());
    }

    /** Returns how many numbers are shown of a pixel. */
    public int planes() {
        return isColour() ? 3 : 1;
    }

    public boolean isColour() {
        return style instanceof ColourDisplay;
    }

    /** Returns how large the survey will be, about. */
    public long expectedBytes() {
        double pixelsOfTile = (double) layout.tileWidth() * layout.tileWidth();
        double bytes = 0;
        for (TileFormat format : formats) {
            bytes += format == TileFormat.FITS
                    ? FITS_HEADER_BYTES + pixelsOfTile * pixels.type().bytes()
                    : 1000 + pixelsOfTile * PICTURE_BYTES_PER_PIXEL * (isColour() ? COLOURS : 1);
        }
        return (long) (bytes * tileCount());
    }

    /** Returns the plan as named values, for people and programs. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("source", origin.text());
        facts.put("id", keywords.value("creator_did").orElse(""));
        facts.put("frame", frame());
        facts.put("order", layout.order());
        facts.put("tile-width", layout.tileWidth());
        if (channels > 1) {
            facts.put("channels", channels);
        }
        if (!isColour()) {
            facts.put("bitpix", pixels.type().bitpix());
        }
        facts.put("formats", formats.stream().map(TileFormat::keyword).collect(Collectors.joining(" ")));
        facts.putAll(style.facts());
        facts.put("sky-fraction", String.format(Locale.ROOT, "%.6f", tiles.skyFraction()));
        facts.put("tiles", tileCount() * formats.size());
        facts.put("expected-bytes", expectedBytes());
        return facts;
    }
}
