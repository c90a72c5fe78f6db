/** Files of sources, fetched from archives into a folder that keeps them. */
@NullMarked
package org.hipsnode.mirror.fetch;

import org.jspecify.annotations.NullMarked;
