/** The HEALPix sphere in pure functions on primitives: pixels, angles, neighbours, regions. */
@NullMarked
package org.hipsnode.healpix;

import org.jspecify.annotations.NullMarked;
