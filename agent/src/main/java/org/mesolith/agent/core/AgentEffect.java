package org.mesolith.agent.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.TaskProbe;
import org.mesolith.base.Halt;
import org.mesolith.model.AgentId;
import org.mesolith.model.Uuid;

/** What the core wants done; each is confirmed by an event where one is named. */
public sealed interface AgentEffect {
    /** Write durably, then {@link AgentEvent.IdentityWritten} or {@link AgentEvent.IdentityRefused}. */
    record WriteIdentity(long version, AgentRecord identity) implements AgentEffect {}

    /**
     * Write durably, then {@link AgentEvent.RunWritten} or {@link AgentEvent.RunRefused}. When several versions of a
     * run wait, writing and confirming only the newest is enough.
     */
    record WriteRun(long version, RunRecord run) implements AgentEffect {}

    /**
     * Write all of these durably, or none; then {@link AgentEvent.RunWritten} for each in this order, or
     * {@link AgentEvent.RunRefused} for each.
     */
    record WriteTogether(List<WriteRun> runs) implements AgentEffect {
        public WriteTogether {
            runs = List.copyOf(runs);
        }
    }

    /** What is done in the sandbox of a run. */
    sealed interface Placed {
        RunId run();

        Uuid container();

        AgentId agent();

        /** Of a task under a built-in executor, in whose sandbox its own lies; null for any other run. */
        RunRecord.@Nullable Under within();
    }

    /**
     * Wipe these volumes, then write the order durably, then {@link AgentEvent.ReservedKept} or
     * {@link AgentEvent.ReservedRefused}.
     */
    record KeepReserved(long version, LinkMessage.SetReserved order, List<VolumePath> wiped) implements AgentEffect {
        public KeepReserved {
            wiped = List.copyOf(wiped);
        }
    }

    /**
     * The run is over and everybody knows: remove its record; its sandbox stays for a while.
     *
     * @param agent whose sandbox of the run it is; null when the run had none of its own
     */
    record Forget(RunId run, Uuid container, @Nullable AgentId agent) implements AgentEffect {}

    /**
     * Bring what the task wants into its sandbox, unless its process was started before; then {@link
     * AgentEvent.Fetched}, or {@link AgentEvent.Exited} with {@link TaskExit.NotStarted}.
     */
    record Fetch(RunId run, Uuid container, AgentId agent, RunRecord.@Nullable Under within, TaskSpec spec)
            implements AgentEffect, Placed {}

    /** End a fetch that is under way; what {@link Fetch} promises comes all the same, and soon. */
    record StopFetch(RunId run, Uuid container) implements AgentEffect {}

    /**
     * Start the process unless it was started before; then {@link AgentEvent.Spawned}, or {@link AgentEvent.Exited}
     * with {@link TaskExit.NotStarted}.
     */
    record Spawn(RunId run, Uuid container, AgentId agent, RunRecord.@Nullable Under within, TaskSpec spec)
            implements AgentEffect, Placed {
        /** Of a run with a sandbox of its own. */
        public Spawn(RunId run, Uuid container, AgentId agent, TaskSpec spec) {
            this(run, container, agent, null, spec);
        }
    }

    /**
     * Find the process of a run of an earlier agent process; then {@link AgentEvent.Spawned} or {@link
     * AgentEvent.Exited}.
     *
     * @param process null when the earlier agent did not see it start
     */
    record Adopt(
            RunId run,
            Uuid container,
            AgentId agent,
            RunRecord.@Nullable Under within,
            @Nullable ProcessMark process) implements AgentEffect, Placed {
        /** Of a run with a sandbox of its own. */
        public Adopt(RunId run, Uuid container, AgentId agent, @Nullable ProcessMark process) {
            this(run, container, agent, null, process);
        }
    }

    /**
     * Look at the task; then {@link AgentEvent.Probed} with the same kind and round, or nothing when the task is over.
     *
     * @param spec of the task, whose user and environment a command has
     */
    record Probe(
            RunId run,
            Uuid container,
            AgentId agent,
            RunRecord.@Nullable Under within,
            TaskSpec spec,
            ProbeKind kind,
            long round,
            TaskProbe probe)
            implements AgentEffect, Placed {
        /** Of a run with a sandbox of its own. */
        public Probe(
                RunId run, Uuid container, AgentId agent, TaskSpec spec, ProbeKind kind, long round, TaskProbe probe) {
            this(run, container, agent, null, spec, kind, round, probe);
        }
    }

    /** Find out which of these use more memory than they may; then {@link AgentEvent.MemoryMeasured}. */
    record MeasureMemory(List<MemoryBound> bounds) implements AgentEffect {
        public MeasureMemory {
            bounds = List.copyOf(bounds);
        }
    }

    /** The bytes of memory that the processes in these containers, those of a run, may use together. */
    record MemoryBound(RunId run, List<Uuid> containers, long bytes) {
        public MemoryBound {
            containers = List.copyOf(containers);
        }
    }

    /** Find out what these keep on disk; then {@link AgentEvent.DiskMeasured}. */
    record MeasureDisk(List<DiskLook> looks) implements AgentEffect {
        public MeasureDisk {
            looks = List.copyOf(looks);
        }
    }

    /** The run whose sandbox and volumes are to be looked at, and what it may keep there. */
    record DiskLook(RunId run, Uuid container, AgentId agent, DiskShare share) {}

    /**
     * Persistent volumes of tasks in the sandbox of the executor around them, which a framework brought and which runs.
     *
     * @param executor whose sandbox
     * @param container of the executor
     * @param user as whom the executor runs; empty for the agent's own
     */
    record ExecutorVolumes(RunId executor, Uuid container, AgentId agent, String user, List<TaskSpec.Mount> volumes) {
        public ExecutorVolumes {
            volumes = List.copyOf(volumes);
        }
    }

    /**
     * Show these volumes of a task to its executor, unless that sees them; then {@link AgentEvent.VolumesShown}.
     *
     * @param beside what the executor sees besides: its own volumes, and those of its other tasks
     */
    record ShowVolumes(RunId run, ExecutorVolumes volumes, List<TaskSpec.Mount> beside) implements AgentEffect {
        public ShowVolumes {
            beside = List.copyOf(beside);
        }
    }

    /** Take these volumes from the sandbox of an executor; after all that was shown there before. */
    record HideVolumes(ExecutorVolumes volumes) implements AgentEffect {}

    /** Ask every process of the run to end (TERM). */
    record Terminate(RunId run, Uuid container) implements AgentEffect {}

    /** Kill every process of the run. */
    record KillTree(RunId run, Uuid container) implements AgentEffect {}

    /** Kill what is left of the run and give back what it held; then {@link AgentEvent.CleanedUp}. */
    record CleanUp(RunId run, Uuid container) implements AgentEffect {}

    /** Send on this link; lost when it is down. */
    record Send(long link, LinkMessage.FromAgent message) implements AgentEffect {}

    /** The answer to a call of an executor; 200 opens the stream of a SUBSCRIBE. */
    record AnswerExecutor(long request, int status, String text) implements AgentEffect {}

    /** Say this on the stream of an executor; lost when it is closed. */
    record TellExecutor(long stream, ExecutorEvent event) implements AgentEffect {}

    /** Close the stream of an executor, once what was said has gone out. */
    record CloseExecutor(long stream) implements AgentEffect {}

    /** Close this link and look for the leader; {@code soon} when another one is expected at once. */
    record DropLink(long link, String why, boolean soon) implements AgentEffect {}

    /** Then {@link AgentEvent.Woke}. */
    record WakeAfter(Duration delay, Wake wake) implements AgentEffect {}

    /** Tell the operator. */
    record Warn(String text) implements AgentEffect {}

    /** End the process. */
    record Stop(Halt.Code code, String why) implements AgentEffect {}
}
