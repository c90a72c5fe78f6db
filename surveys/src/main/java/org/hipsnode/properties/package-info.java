/** The {@code properties} file of a survey and the HiPS list: read forgivingly, kept without loss, written strictly. */
@NullMarked
package org.hipsnode.properties;

import org.jspecify.annotations.NullMarked;
