package org.mesolith.agent.core;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.DrainOrder;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;

/**
 * The agent at one moment, for those who show it.
 *
 * @param registered true while a master has welcomed the agent on the link that is up
 * @param live runs not yet forgotten, sorted by task; {@code completed}: those forgotten lately, oldest first
 * @param executors processes of executors that frameworks brought, likewise; {@code endedExecutors}: those of them that
 *     are over and known to be
 * @param disks what those that have a sandbox of their own were found to keep on disk lately
 * @param lent everything that is lent on top of what the agent has, in use or not
 * @param counts of what happened since the process started
 * @param reserved reservations and volumes that operations made, as the masters said last
 * @param drain null unless the agent is being emptied
 */
public record AgentSnapshot(
        Instant at,
        AgentRecord identity,
        boolean registered,
        List<Run> live,
        List<Run> completed,
        List<Run> executors,
        List<Run> endedExecutors,
        SortedMap<RunId, DiskUse> disks,
        Resources lent,
        SortedMap<String, Long> counts,
        Resources reserved,
        @Nullable DrainOrder drain) {
    public AgentSnapshot {
        executors = List.copyOf(executors);
        endedExecutors = List.copyOf(endedExecutors);
        live = List.copyOf(live);
        completed = List.copyOf(completed);
    }

    /** The same with these runs only: {@code tasks} of the live and completed ones, {@code executors} of the others. */
    public AgentSnapshot only(Predicate<Run> tasks, Predicate<Run> executors) {
        return new AgentSnapshot(
                at,
                identity,
                registered,
                live.stream().filter(tasks).toList(),
                completed.stream().filter(tasks).toList(),
                this.executors.stream().filter(executors).toList(),
                endedExecutors.stream().filter(executors).toList(),
                disks,
                lent,
                counts,
                reserved,
                drain);
    }

    /**
     * One run.
     *
     * @param spec null for a run that cannot be read, or was only asked for
     * @param listens of an executor: whether it has subscribed, or is a built-in one
     */
    public record Run(
            RunRecord record, TaskState state, @Nullable TaskSpec spec, List<TaskStatus> statuses, boolean listens) {
        public Run {
            statuses = List.copyOf(statuses);
        }
    }
}
