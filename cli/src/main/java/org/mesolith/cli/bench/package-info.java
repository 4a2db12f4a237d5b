/**
 * {@code meso bench}: how fast the product is, measured from outside on real processes with default settings. stdout
 * carries only tab-separated values, everything else goes to stderr.
 *
 * <p>Lives here: BenchFailover, BenchCommit, Failover, Load, Latencies, BenchCluster. May import: scheduler, client,
 * process, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.bench;

import org.jspecify.annotations.NullMarked;
