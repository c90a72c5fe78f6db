/** Surveys as bags (BagIt, RFC 8493): folders in which archives keep and hand on data with the digest of every file. */
@NullMarked
package org.hipsnode.bag;

import org.jspecify.annotations.NullMarked;
