/** Picture files as pixels and back, and what they say of their place on the sky: known to sources that read them and to writers. */
@NullMarked
package org.hipsnode.generate.picture;

import org.jspecify.annotations.NullMarked;
