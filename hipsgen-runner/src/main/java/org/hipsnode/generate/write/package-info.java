/** Encoders of pictures, and the files that make up a survey. */
@NullMarked
package org.hipsnode.generate.write;

import org.jspecify.annotations.NullMarked;
