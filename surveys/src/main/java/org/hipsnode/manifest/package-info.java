/** The manifest: every file of a survey with its size and digest, in a hash tree that follows the sky (docs/manifest.md). */
@NullMarked
package org.hipsnode.manifest;

import org.jspecify.annotations.NullMarked;
