/** A run of a mirror: plan, transfer, check, publish. */
@NullMarked
package org.hipsnode.mirror.pull;

import org.jspecify.annotations.NullMarked;
