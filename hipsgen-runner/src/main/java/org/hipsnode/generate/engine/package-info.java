/** What makes the tiles of a planned survey: this program, or an installed Aladin. */
@NullMarked
package org.hipsnode.generate.engine;

import org.jspecify.annotations.NullMarked;
