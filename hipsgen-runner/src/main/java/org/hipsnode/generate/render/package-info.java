/** How values become colours: cut, stretch and colour map, chosen from the data or given. */
@NullMarked
package org.hipsnode.generate.render;

import org.jspecify.annotations.NullMarked;
