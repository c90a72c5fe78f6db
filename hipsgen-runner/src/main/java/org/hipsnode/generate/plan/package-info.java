/** What would be made, as a value: decided here without touching a file, printed by a dry run, then done. */
@NullMarked
package org.hipsnode.generate.plan;

import org.jspecify.annotations.NullMarked;
