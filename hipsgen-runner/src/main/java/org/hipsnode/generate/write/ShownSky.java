package org.hipsnode.generate.write;

import org.hipsnode.generate.render.Brush;
import org.hipsnode.sky.UnitVector;

/** What a preview is drawn from. */
interface ShownSky {
    /** Returns the colour in a direction of the survey's frame as 0xRRGGBB, black where there is nothing. */
    int colour(UnitVector direction, Brush brush);

    /** Returns the order of the pixels. */
    int pixelOrder();
}
