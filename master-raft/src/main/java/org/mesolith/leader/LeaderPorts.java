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
 * @param operators streams of operators who want to be told what happens
 */
public record LeaderPorts(
        CommandLog log,
        Details details,
        Executor reader,
        FrameworkStreams streams,
        AgentLinks links,
        OperatorStreams operators) {
    /** Without operators that want to be told anything. */
    public LeaderPorts(CommandLog log, Details details, Executor reader, FrameworkStreams streams, AgentLinks links) {
        this(log, details, reader, streams, links, OperatorStreams.NONE);
    }
}
