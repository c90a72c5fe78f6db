/** How far a long work has come, counted by those who do it and read by whoever shows it. */
@NullMarked
package org.hipsnode.progress;

import org.jspecify.annotations.NullMarked;
