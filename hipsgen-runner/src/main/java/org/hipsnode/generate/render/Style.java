package org.hipsnode.generate.render;

import java.util.Map;
import org.hipsnode.fits.PixelFormat;

/** How what is shown of pixels becomes a picture. */
public sealed interface Style permits Display, ColourDisplay {

    /** Returns what draws it. */
    Brush brush(PixelFormat format);

    /** Returns the choices as named values, for people and programs. */
    Map<String, String> facts();
}
