/**
 * All scenarios, and the reader's complaints.
 *
 * <p>Lives here: tests. May import: scenario.
 */
@NullMarked
package org.mesolith.scenario;

import org.jspecify.annotations.NullMarked;
