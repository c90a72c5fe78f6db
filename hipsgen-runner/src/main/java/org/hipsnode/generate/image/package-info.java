/** Collections of FITS images as a source of tiles: found, indexed by where they lie, and added up. */
@NullMarked
package org.hipsnode.generate.image;

import org.jspecify.annotations.NullMarked;
