/** What a node says of its surveys to programs: JSON, the description of that, and WTML. */
@NullMarked
package org.hipsnode.serve.api;

import org.jspecify.annotations.NullMarked;
