/**
 * Named numbers with help and kind, and the texts they are shown as.
 *
 * <p>Lives here: Sample, TimeWindow, MetricsText. May import: base.
 */
@NullMarked
package org.mesolith.metrics;

import org.jspecify.annotations.NullMarked;
