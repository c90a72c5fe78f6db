/** What the server tells of its work: metrics for Prometheus and the access log. */
@NullMarked
package org.hipsnode.serve.measure;

import org.jspecify.annotations.NullMarked;
