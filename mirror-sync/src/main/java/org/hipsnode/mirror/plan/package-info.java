/** What a mirror has to fetch, to ask about, to keep and to delete, decided before anything is done. */
@NullMarked
package org.hipsnode.mirror.plan;

import org.jspecify.annotations.NullMarked;
