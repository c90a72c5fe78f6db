/** The seam between a survey and where its bytes are: read by name, listed, and published whole. */
@NullMarked
package org.hipsnode.store;

import org.jspecify.annotations.NullMarked;
