/**
 * Real masters and agents as operating-system processes on loopback: started from an installation, killed, paused,
 * watched, and always cleaned up. Shared by the demo, the benchmarks, the tests and the chaos runs.
 *
 * <p>Lives here: ClusterProcess, Member, OsProcess, OpenPorts, Installation, FreePorts, Waiting, Leftovers, Wires. May
 * import: base, model, codec, wire.
 */
@NullMarked
package org.mesolith.process;

import org.jspecify.annotations.NullMarked;
