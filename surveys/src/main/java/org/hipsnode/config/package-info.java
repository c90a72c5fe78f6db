/** Strict YAML: every key is known, every value in range, every message says where. */
@NullMarked
package org.hipsnode.config;

import org.jspecify.annotations.NullMarked;
