/** Files written whole or not at all, reads with a limit, and digests. */
@NullMarked
package org.hipsnode.io;

import org.jspecify.annotations.NullMarked;
