/** What can be told of a survey that is served, as values: its kind, contents, coverage, copies, and which viewers show it. */
@NullMarked
package org.hipsnode.serve.describe;

import org.jspecify.annotations.NullMarked;
