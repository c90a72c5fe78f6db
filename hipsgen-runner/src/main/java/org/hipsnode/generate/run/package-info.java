/** Runs a generation from definition to published survey. */
@NullMarked
package org.hipsnode.generate.run;

import org.jspecify.annotations.NullMarked;
