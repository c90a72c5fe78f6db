package org.hipsnode.generate.render;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hipsnode.fits.PixelFormat;

/** How values become colours. */
public record Display(Cut cut, Stretch stretch, Colormap colormap) implements Style {

    @Override
    public Brush brush(PixelFormat format) {
        return new Painter(format, this);
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cut", cut.toString());
        facts.put("stretch", stretch.keyword());
        facts.put("colormap", colormap.name());
        return facts;
    }

    /** Returns cut, stretch and colour map in words. */
    @Override
    public String toString() {
        return "cut " + cut + ", stretch " + stretch.keyword() + ", colour map " + colormap.name();
    }
}
