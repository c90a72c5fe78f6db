/** Many files of one far server at once: quickly, politely, and each of them proven. */
@NullMarked
package org.hipsnode.mirror.transfer;

import org.jspecify.annotations.NullMarked;
