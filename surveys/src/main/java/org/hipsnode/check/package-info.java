/** Findings about a survey: one engine for after generating, before serving, after mirroring, and for lint. */
@NullMarked
package org.hipsnode.check;

import org.jspecify.annotations.NullMarked;
