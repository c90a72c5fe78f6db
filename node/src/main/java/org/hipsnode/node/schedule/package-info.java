/** The work that a node does again and again while it serves: its mirrors. */
@NullMarked
package org.hipsnode.node.schedule;

import org.jspecify.annotations.NullMarked;
