/**
 * {@code meso bench}: how fast the product is, measured from outside on real processes with default settings, or the
 * allocator alone. stdout carries only tab-separated values, everything else goes to stderr.
 *
 * <p>Lives here: BenchFailover, BenchHandover, BenchLaunch, BenchFrameworks, BenchCommit, BenchRecovery,
 * BenchRetention, BenchAllocate, BenchExplain, AllocationLoad, LaunchLoad, Crowd, LeaderLoad, Failover, Load,
 * RecoveryDrill, CatchUp, Latencies, BenchCluster. May import: scheduler, client, process, allocator, leader.explain,
 * leader.offer, leader.event, state, model, base, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.bench;

import org.jspecify.annotations.NullMarked;
