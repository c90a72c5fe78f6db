/** The configuration of a node. */
@NullMarked
package org.hipsnode.node.config;

import org.jspecify.annotations.NullMarked;
