/** A sky of our own to try the program on, the same on every machine. */
@NullMarked
package org.hipsnode.node.demo;

import org.jspecify.annotations.NullMarked;
