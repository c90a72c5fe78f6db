/** The commands of the command line: what they take, what they call, what they print, how they end. */
@NullMarked
package org.hipsnode.node.command;

import org.jspecify.annotations.NullMarked;
