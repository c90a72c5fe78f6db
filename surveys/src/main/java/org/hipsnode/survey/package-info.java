/** A survey as a whole: what it is, and what we intend it to be. */
@NullMarked
package org.hipsnode.survey;

import org.jspecify.annotations.NullMarked;
