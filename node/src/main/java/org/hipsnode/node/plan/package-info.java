/** What a node is going to do about the surveys that it declares, and why. */
@NullMarked
package org.hipsnode.node.plan;

import org.jspecify.annotations.NullMarked;
