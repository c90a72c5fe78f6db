/** Points on the sky and the frames in which they are given. */
@NullMarked
package org.hipsnode.sky;

import org.jspecify.annotations.NullMarked;
