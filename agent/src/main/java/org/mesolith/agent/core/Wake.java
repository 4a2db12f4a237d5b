package org.mesolith.agent.core;

/** A timer of the core; one that comes late finds nothing to do. */
public sealed interface Wake {
    /** Say something on this link, and see whether the master still does. */
    record Beat(long link) implements Wake {}

    /** Send this update again if it still is the oldest one not acknowledged. */
    record Retry(RunId run, int ordinal, int attempt) implements Wake {}

    /** The time between TERM and KILL may be over. */
    record GraceOver(RunId run) implements Wake {}

    /** The task's own time may be over. */
    record TimeOver(RunId run) implements Wake {}

    /** It is time to look at the task. */
    record Probe(RunId run, ProbeKind kind, long round) implements Wake {}

    /** Try again to write this run. */
    record Rewrite(RunId run) implements Wake {}

    /** The executor must have subscribed by now. */
    record Registered(RunId executor) implements Wake {}

    /** A built-in executor whose tasks have ended has waited long enough for another one. */
    record ExecutorIdle(RunId executor) implements Wake {}

    /** Say something on the stream of this executor. */
    record ExecutorBeat(RunId executor, long stream) implements Wake {}

    /** It is time to measure what memory tasks use. */
    record Memory() implements Wake {}

    /** It is time to measure what sandboxes and volumes hold. */
    record Disks() implements Wake {}

    /** It is time to see whether what is lent has changed. */
    record Lending() implements Wake {}

    /** Stop now, whatever is left. */
    record LeaveNow() implements Wake {}
}
