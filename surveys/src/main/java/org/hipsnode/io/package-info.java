/** Files written whole or not at all, reads with a limit, digests, and values as JSON. */
@NullMarked
package org.hipsnode.io;

import org.jspecify.annotations.NullMarked;
