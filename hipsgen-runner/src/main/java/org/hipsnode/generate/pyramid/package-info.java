/** Deepest tiles and their parents in one pass, depth first. */
@NullMarked
package org.hipsnode.generate.pyramid;

import org.jspecify.annotations.NullMarked;
