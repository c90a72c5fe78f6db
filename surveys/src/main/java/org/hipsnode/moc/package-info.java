/** Coverage of the sky: MOC 1.1 and 2.0 as sorted ranges, their algebra, and their FITS, JSON and ASCII forms. */
@NullMarked
package org.hipsnode.moc;

import org.jspecify.annotations.NullMarked;
