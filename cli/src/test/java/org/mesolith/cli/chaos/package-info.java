/**
 * What of the chaos runs needs no cluster.
 *
 * <p>Lives here: tests. May import: cli.chaos, sim.plan.
 */
@NullMarked
package org.mesolith.cli.chaos;

import org.jspecify.annotations.NullMarked;
