/**
 * Harm to agents beyond that to any process: silence of which the masters conclude something, an orderly end.
 *
 * <p>Lives here: AgentFaults and its faults. May import: cli.chaos.fault, process.
 */
@NullMarked
package org.mesolith.cli.chaos.fault.agent;

import org.jspecify.annotations.NullMarked;
