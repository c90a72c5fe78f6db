/** Surveys that other nodes push here: who may, what has come, and when it is published (docs/push.md). */
@NullMarked
package org.hipsnode.serve.receive;

import org.jspecify.annotations.NullMarked;
