/** What a client asks for: the path and the conditions of a request, parsed without fail. */
@NullMarked
package org.hipsnode.serve.request;

import org.jspecify.annotations.NullMarked;
