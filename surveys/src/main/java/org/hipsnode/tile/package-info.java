/** The tile tree of HiPS 1.0: addresses, file names, formats, the pixel order inside a tile and the Allsky layout. */
@NullMarked
package org.hipsnode.tile;

import org.jspecify.annotations.NullMarked;
