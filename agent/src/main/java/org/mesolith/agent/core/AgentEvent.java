package org.mesolith.agent.core;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.ExecutorRequest;
import org.mesolith.api.LinkMessage;

/** What can happen to an agent. */
public sealed interface AgentEvent {
    /** A link to a master is open; {@code link} numbers links, each higher than those before. */
    record LinkUp(long link) implements AgentEvent {}

    /** The link ended, by whatever side. */
    record LinkDown(long link) implements AgentEvent {}

    /** The master of this link said something. */
    record MasterSaid(long link, LinkMessage.FromMaster message) implements AgentEvent {}

    /** The record of this version is on disk. */
    record IdentityWritten(long version) implements AgentEvent {}

    /** The disk refused the record of this version; the one before still counts. */
    record IdentityRefused(long version, String why) implements AgentEvent {}

    /** The record of this version is on disk, and with it all older ones. */
    record RunWritten(RunId run, long version) implements AgentEvent {}

    /** The disk refused the record of this version; an older one may still be there. */
    record RunRefused(RunId run, long version, String why) implements AgentEvent {}

    /** Reservations and volumes are as this version wants them, on disk too. */
    record ReservedKept(long version) implements AgentEvent {}

    /** The disk refused this version. */
    record ReservedRefused(long version, String why) implements AgentEvent {}

    /** What the task wants is in its sandbox, or its process was started before. */
    record Fetched(RunId run) implements AgentEvent {}

    /** The task's process runs, started now or found running. */
    record Spawned(RunId run, ProcessMark process) implements AgentEvent {}

    /** The task's process is over; for {@link TaskExit.NotStarted} there never was one and never will be. */
    record Exited(RunId run, TaskExit exit) implements AgentEvent {}

    /** One look at the task is done. */
    record Probed(RunId run, ProbeKind kind, long round, ProbeResult result) implements AgentEvent {}

    /**
     * What {@link AgentEffect.MeasureMemory} asked for is done.
     *
     * @param over the runs that use more than they may, and how many bytes; all others do not, or could not be measured
     */
    record MemoryMeasured(SortedMap<RunId, Long> over, Duration took) implements AgentEvent {
        public MemoryMeasured {
            over = Collections.unmodifiableSortedMap(new TreeMap<>(over));
        }
    }

    /** What {@link AgentEffect.MeasureDisk} asked for is done; a run that could not be looked at is missing. */
    record DiskMeasured(SortedMap<RunId, DiskUse> uses, Duration took) implements AgentEvent {
        public DiskMeasured {
            uses = Collections.unmodifiableSortedMap(new TreeMap<>(uses));
        }
    }

    /**
     * What {@link AgentEffect.ShowVolumes} asked for is done, or cannot be.
     *
     * @param problem why not, in words for the framework; null when they are shown
     */
    record VolumesShown(RunId run, @Nullable String problem) implements AgentEvent {}

    /** No process of this run is left. */
    record CleanedUp(RunId run) implements AgentEvent {}

    /**
     * An executor calls; it is answered with {@link AgentEffect.AnswerExecutor}.
     *
     * @param request numbers calls
     * @param container the one that its token names; null when no tokens are asked for
     */
    record ExecutorAsked(
            long request, ExecutorRequest call, @Nullable String container) implements AgentEvent {
        /** A call without a token, on an agent that asks for none. */
        public ExecutorAsked(long request, ExecutorRequest call) {
            this(request, call, null);
        }
    }

    /** The stream of a SUBSCRIBE that was answered with 200 is open; it has the number of the call. */
    record ExecutorUp(long stream, ExecutorRequest call) implements AgentEvent {}

    /** The stream is closed, by whatever side. */
    record ExecutorDown(long stream) implements AgentEvent {}

    /** A timer. */
    record Woke(Wake wake) implements AgentEvent {}

    /** The operator wants the agent to leave the cluster for good. */
    record LeaveAsked() implements AgentEvent {}
}
