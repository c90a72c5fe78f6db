/** Many hands for one long work. */
@NullMarked
package org.hipsnode.work;

import org.jspecify.annotations.NullMarked;
