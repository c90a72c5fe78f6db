/** Surveys served as caches of remote ones: fetched when asked for, verified, kept within a quota. */
@NullMarked
package org.hipsnode.serve.origin;

import org.jspecify.annotations.NullMarked;
