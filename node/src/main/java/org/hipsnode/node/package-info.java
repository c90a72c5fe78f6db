/** The program: where it starts, and how it ends. */
@NullMarked
package org.hipsnode.node;

import org.jspecify.annotations.NullMarked;
