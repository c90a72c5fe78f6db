/** Picture files as images and back, through native libraries: known to sources that read them and to writers. */
@NullMarked
package org.hipsnode.generate.picture;

import org.jspecify.annotations.NullMarked;
