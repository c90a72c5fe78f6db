/** The program: where it starts. */
@NullMarked
package org.hipsnode.node;

import org.jspecify.annotations.NullMarked;
