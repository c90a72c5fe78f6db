/** Surveys of far servers, read politely: the only package that speaks HTTP as a client. */
@NullMarked
package org.hipsnode.mirror.remote;

import org.jspecify.annotations.NullMarked;
