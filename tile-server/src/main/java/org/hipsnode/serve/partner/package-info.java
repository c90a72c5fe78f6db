/** What this node has to do with others while it serves: copies that are kept up to date, and news that are told and heard. */
@NullMarked
package org.hipsnode.serve.partner;

import org.jspecify.annotations.NullMarked;
