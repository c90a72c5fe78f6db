/** Copies of our surveys at other places: planned, sent, and published there whole. */
@NullMarked
package org.hipsnode.mirror.push;

import org.jspecify.annotations.NullMarked;
