/**
 * A run as one page that needs nothing else: what was claimed, what was broken when, what came of it.
 *
 * <p>Lives here: RunReport, Lanes, Evidence, Figures, Html, RunRow. May import: check, check.history.
 */
@NullMarked
package org.mesolith.check.report;

import org.jspecify.annotations.NullMarked;
