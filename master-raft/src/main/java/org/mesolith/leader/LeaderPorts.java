package org.mesolith.leader;

import java.util.concurrent.Executor;
import org.mesolith.log.CommandLog;
import org.mesolith.log.Details;

/**
 * Everything outside that a leader acts upon.
 *
 * @param reader runs reads of {@code details}, which may wait for a disk; not the leader's queue (a simulation may run
 *     them
 *     at once)
 */
public record LeaderPorts(
        CommandLog log, Details details, Executor reader, FrameworkStreams streams, AgentLinks links) {}
