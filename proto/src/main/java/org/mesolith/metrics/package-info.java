/**
 * Named numbers with help and kind, and the texts they are shown as.
 *
 * <p>Lives here: Sample, MetricsText. May import: base.
 */
@NullMarked
package org.mesolith.metrics;

import org.jspecify.annotations.NullMarked;
