/** Where pixels come from: HEALPix maps of every kind, read tile by tile. */
@NullMarked
package org.hipsnode.generate.source;

import org.jspecify.annotations.NullMarked;
