/** Plane maps of planets, moons and the Sun as sources of tiles: read by their labels, and put where they are on the body. */
@NullMarked
package org.hipsnode.generate.body;

import org.jspecify.annotations.NullMarked;
