/** The FITS that surveys are made from and of: headers through nom-tam-fits, table layouts, and tiles on a fast path. */
@NullMarked
package org.hipsnode.fits;

import org.jspecify.annotations.NullMarked;
