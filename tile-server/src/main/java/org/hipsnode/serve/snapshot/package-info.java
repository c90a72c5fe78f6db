/** The surveys of a data folder at one moment, as a value that is swapped whole. */
@NullMarked
package org.hipsnode.serve.snapshot;

import org.jspecify.annotations.NullMarked;
