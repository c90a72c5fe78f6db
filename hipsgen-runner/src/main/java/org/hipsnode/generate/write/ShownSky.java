package org.hipsnode.generate.write;

import org.hipsnode.generate.render.Brush;
import org.hipsnode.sky.SkyPoint;

/** What a preview is drawn from. */
interface ShownSky {
    /** Returns the colour at a point of the survey's frame as 0xRRGGBB, black where there is nothing. */
    int colour(SkyPoint point, Brush brush);

    /** Returns the order of the pixels. */
    int pixelOrder();
}
