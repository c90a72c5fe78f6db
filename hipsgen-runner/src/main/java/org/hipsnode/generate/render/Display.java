package org.hipsnode.generate.render;

/** How values become colours. */
public record Display(Cut cut, Stretch stretch, Colormap colormap) {

    /** Returns cut, stretch and colour map in words. */
    @Override
    public String toString() {
        return "cut " + cut + ", stretch " + stretch.keyword() + ", colour map " + colormap.name();
    }
}
