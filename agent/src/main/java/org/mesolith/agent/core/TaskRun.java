package org.mesolith.agent.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentTask;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;

/** One run, as the agent knows it now. Owned by {@link Tasks}. */
final class TaskRun {
    final RunId id;
    final Uuid container;
    final RunRecord.Order order;
    final StatusStream stream;
    final Writes writes = new Writes();
    TaskLifecycle.Phase phase;
    private long acknowledgedIn;

    @Nullable
    TaskSpec spec;

    @Nullable
    KillOrder kill;

    @Nullable
    TaskExit exit;

    @Nullable
    ProcessMark process;

    RunRecord.Watched watched;

    /** Of an executor: the number of the stream on which it listens, 0 for none. */
    long listener;

    /** Of an executor: whether it has subscribed since the agent was started. */
    boolean subscribed;

    /** Of a built-in executor: time between its shutdown and the end of its tasks; null for any other run. */
    @Nullable
    Duration builtInGrace;

    /** Of a built-in executor: its end is planned, unless it gets another task. */
    boolean ending;
    /** What its own part of memory is, in bytes; 0 for none, -1 before it was read. */
    long memoryBytes = -1;

    /** Of a task of a group: whether its memory is its own; null before it was read. */
    @Nullable
    Boolean apart;

    /** What it may keep on disk; null before it was read. */
    @Nullable
    DiskShare diskShare;

    /** The revocable part of what it has; null before it was read. */
    @Nullable
    Resources lent;

    /** Of a task under an executor of a framework's: its persistent volumes; null before they were read. */
    @Nullable
    List<TaskSpec.Mount> mounts;

    /** Of the same: whether its executor sees them. */
    HostedVolumes.Showing volumes = HostedVolumes.Showing.NOT_YET;

    /** How much it took when it was found to take more memory or disk than it has; null otherwise. */
    @Nullable
    String over;

    /** Of a task under an executor: updates of which the executor was not told yet that they are on disk. */
    final List<Uuid> unconfirmed = new ArrayList<>();

    /** The version with the newest of them. */
    long confirmIn;

    /** The look at the task that is next or under way, by kind; none before the first is planned. */
    final Map<ProbeKind, Long> rounds = new EnumMap<>(ProbeKind.class);

    private TaskRun(RunRecord record) {
        this.id = record.id();
        this.container = record.container();
        this.order = record.order();
        var progress = record.progress();
        this.stream = StatusStream.of(progress);
        this.phase = progress.phase();
        this.kill = progress.kill();
        this.process = progress.process();
        this.watched = progress.watched();
    }

    static TaskRun of(RunRecord record) {
        return new TaskRun(record);
    }

    TaskState latest() {
        var latest = stream.latest();
        return latest == null ? TaskState.TASK_STAGING : latest.state();
    }

    boolean isEnded() {
        return phase == TaskLifecycle.Phase.ENDED;
    }

    /** True for an executor whose work the agent does itself: it has no process. */
    boolean isBuiltIn() {
        return builtInGrace != null;
    }

    /** True for a task that is handed to an executor: it has no process of its own. */
    boolean isHosted() {
        return order.under() != null && !isShared();
    }

    /** True for a task under a built-in executor: it has a process of its own, and shares the fate of its group. */
    boolean isShared() {
        var group = group();
        return group != null && group.builtIn();
    }

    /** True when its sandbox is its own: not that of an executor, nor in one. */
    boolean hasOwnSandbox() {
        return order.under() == null && !order.taskInfo().isEmpty();
    }

    /** The executor in whose sandbox its own lies, or null. */
    RunRecord.@Nullable Under within() {
        return isShared() ? order.under() : null;
    }

    /** The group that it was launched with, or null. */
    RunRecord.@Nullable Group group() {
        return order.under() == null ? null : order.under().group();
    }

    /** True for one that has failed or was killed: the others of its group end, too. */
    boolean takesItsGroup() {
        return isShared() && (latest() == TaskState.TASK_FAILED || latest() == TaskState.TASK_KILLED);
    }

    /** Time between TERM and KILL when nobody says another. */
    Duration killGrace() {
        return spec == null ? TaskSpec.DEFAULT_KILL_GRACE : spec.killGrace();
    }

    /** The executor of a task; for a command task one that has its id. */
    ExecutorId executorId() {
        var under = order.under();
        return SandboxPath.executor(under == null ? id : under.executor());
    }

    /** Of an executor: whether a task was ever given to it. It is kept where a task keeps that it was healthy. */
    boolean wasUsed() {
        return watched.succeeded();
    }

    /** A task is given to this executor. */
    void use(Turn turn) {
        if (!wasUsed()) {
            watched = new RunRecord.Watched(true, 0, null, null);
            write(turn);
        }
    }

    AgentTask summary() {
        return new AgentTask(id.key(), id.launchedAt(), latest(), stream.head(container), stream.endsNext());
    }

    RunRecord record() {
        return new RunRecord(
                id,
                container,
                order,
                new RunRecord.Progress(
                        // Nothing was started in either; agents of before know no fetching.
                        phase == TaskLifecycle.Phase.FETCHING ? TaskLifecycle.Phase.RECORDING : phase,
                        process,
                        kill,
                        stream.isWanted(),
                        stream.updates(),
                        stream.acknowledged(),
                        stream.dropped(),
                        watched));
    }

    /** Adds an update, which also tells what checks have told. */
    void add(RunRecord.Update update) {
        stream.add(update.with(watched));
    }

    /** When the task began to run, null before. */
    @Nullable
    Instant startedAt() {
        for (var update : stream.updates()) {
            if (update.state() == TaskState.TASK_RUNNING) {
                return update.at();
            }
        }
        return null;
    }

    /** Writes down that an update was acknowledged; the next one waits for that. */
    void writeAcknowledgement(Turn turn) {
        write(turn);
        acknowledgedIn = writes.newest();
    }

    /**
     * True once it is on disk what was acknowledged; a disk that refuses it is asked again later. Told earlier, the
     * next
     * update would be followed by the one before it when a new agent process does not know of its acknowledgement.
     */
    boolean isAcknowledgementWritten() {
        return writes.isWritten(acknowledgedIn);
    }

    /** Writes what is known now; returns so that effects may wait for it ({@link Writes#then}). */
    void write(Turn turn) {
        turn.add(version());
    }

    /** A new version of what is known now, which the caller writes. */
    AgentEffect.WriteRun version() {
        return new AgentEffect.WriteRun(writes.next(stream.size()), record());
    }
}
