/** Texts made of templates, and what makes values safe inside them. */
@NullMarked
package org.hipsnode.serve.text;

import org.jspecify.annotations.NullMarked;
