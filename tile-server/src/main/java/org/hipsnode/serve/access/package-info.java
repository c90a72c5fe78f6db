/** Who may see a private survey: credentials offered and known, and what follows for an answer's headers. */
@NullMarked
package org.hipsnode.serve.access;

import org.jspecify.annotations.NullMarked;
