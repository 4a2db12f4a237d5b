/**
 * A framework's side of the public scheduler API, in JSON: what {@code task run}, the demo and the benchmarks are made
 * of.
 *
 * <p>Lives here: SchedulerClient, SchedulerEvents, Tasks, TaskEnd. May import: client, the root of this module.
 */
@NullMarked
package org.mesolith.cli.scheduler;

import org.jspecify.annotations.NullMarked;
