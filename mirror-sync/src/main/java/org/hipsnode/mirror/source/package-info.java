/** What a far survey has: by its manifest where there is one, else by its coverage or by descending where tiles continue. */
@NullMarked
package org.hipsnode.mirror.source;

import org.jspecify.annotations.NullMarked;
