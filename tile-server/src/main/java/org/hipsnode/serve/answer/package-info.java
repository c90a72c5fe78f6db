/** What to answer, decided without touching a file or a socket. */
@NullMarked
package org.hipsnode.serve.answer;

import org.jspecify.annotations.NullMarked;
