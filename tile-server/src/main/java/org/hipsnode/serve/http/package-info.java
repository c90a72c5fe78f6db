/** The server itself: the only package that knows Vert.x. */
@NullMarked
package org.hipsnode.serve.http;

import org.jspecify.annotations.NullMarked;
