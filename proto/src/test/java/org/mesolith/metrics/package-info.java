/**
 * Tests of the texts that numbers are shown as.
 *
 * <p>Lives here: MetricsTextTest. May import: everything of this module.
 */
@NullMarked
package org.mesolith.metrics;

import org.jspecify.annotations.NullMarked;
