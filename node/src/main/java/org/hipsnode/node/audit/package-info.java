/** Fixity audits: every byte of a survey is read again and compared with its manifest, and what is damaged is repaired. */
@NullMarked
package org.hipsnode.node.audit;

import org.jspecify.annotations.NullMarked;
