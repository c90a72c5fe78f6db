/** What is kept to be served again: counted while in use, bounded by weight, loaded once however many ask. */
@NullMarked
package org.hipsnode.serve.cache;

import org.jspecify.annotations.NullMarked;
