/** From the pixels of an image to the sky and back, as a FITS header says. */
@NullMarked
package org.hipsnode.wcs;

import org.jspecify.annotations.NullMarked;
