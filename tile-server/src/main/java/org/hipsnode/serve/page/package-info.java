/** The pages for people: the node's own, and one for each survey that brings none. */
@NullMarked
package org.hipsnode.serve.page;

import org.jspecify.annotations.NullMarked;
