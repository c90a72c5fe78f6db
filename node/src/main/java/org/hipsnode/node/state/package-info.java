/** What a node remembers: runs, releases and verifications, in one file. */
@NullMarked
package org.hipsnode.node.state;

import org.jspecify.annotations.NullMarked;
