/** Projections of the sphere onto a plane as FITS names them. */
@NullMarked
package org.hipsnode.wcs.projection;

import org.jspecify.annotations.NullMarked;
