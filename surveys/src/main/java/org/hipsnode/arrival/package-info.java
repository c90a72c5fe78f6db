/** A release that comes file by file from elsewhere, and is published once it is whole. */
@NullMarked
package org.hipsnode.arrival;

import org.jspecify.annotations.NullMarked;
