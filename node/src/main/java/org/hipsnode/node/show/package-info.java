/** What people and programs are shown: progress, summaries, results. */
@NullMarked
package org.hipsnode.node.show;

import org.jspecify.annotations.NullMarked;
