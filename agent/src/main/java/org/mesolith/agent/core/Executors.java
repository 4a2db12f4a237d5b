package org.mesolith.agent.core;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;

/**
 * Executors that frameworks bring, and the tasks under them. The process of an executor is a run like that of a command
 * task; a task under it is only spoken of: it waits (STARTING) until the executor subscribes, is handed over (RUNNING)
 * once that is on disk, and ends with what the executor says, or with the executor.
 */
final class Executors {
    private final RunBook book;
    private final NavigableMap<RunId, TaskRun> runs;
    private final TaskReader reader;
    private final RunSteps steps;
    private final Reports reports;
    private final Counters counters;
    private final AgentSettings settings;
    private final HostedVolumes volumes;

    Executors(
            RunBook book,
            TaskReader reader,
            RunSteps steps,
            Reports reports,
            Counters counters,
            AgentSettings settings) {
        this.book = book;
        this.runs = book.runs;
        this.reader = reader;
        this.steps = steps;
        this.reports = reports;
        this.counters = counters;
        this.settings = settings;
        this.volumes = new HostedVolumes(book, reader, steps, reports);
    }

    /** What their tasks have of persistent volumes. */
    HostedVolumes volumes() {
        return volumes;
    }

    // ---- launches

    /**
     * The executor that a new task asks for.
     *
     * @param epochId of the order
     * @param user default user of the framework
     * @param info of the framework
     * @param executor the whole {@code mesos.v1.ExecutorInfo}
     */
    record Wanted(
            FrameworkId framework,
            LinkMessage.Launch.Under under,
            long epochId,
            String user,
            Opaque info,
            Opaque executor) {}

    /** What the task of an order asks for. */
    Wanted wanted(LinkMessage.Launch order, LinkMessage.Launch.Under under) {
        var framework = order.key().framework();
        return new Wanted(
                framework,
                under,
                order.fence().epochId(),
                order.user(),
                order.framework(),
                reader.executorOf(order.taskInfo(), framework));
    }

    /**
     * The run of the executor that a new task asks for, made for the first; null when the task cannot have it. One that
     * was never written is for the caller to write.
     */
    @Nullable
    TaskRun host(Turn turn, AgentId agent, Wanted wanted) {
        var at = wanted.under().launchedAt();
        if (at == null || book.findCompleted(name(wanted.framework(), wanted.under())) != null) {
            return null;
        }
        var framework = wanted.framework();
        var id = RunId.ofExecutor(framework, wanted.under().executor(), at);
        var info = wanted.executor();
        var known = runs.get(id);
        if (known != null) {
            boolean same = known.order.taskInfo().equals(info);
            return same && isAlive(known) ? known : null;
        }
        if (live(framework, wanted.under().executor()) != null) {
            return null; // another run of it has not ended yet
        }
        var record = new RunRecord(
                id,
                Names.container(agent, id, wanted.epochId()),
                new RunRecord.Order(agent, wanted.user(), wanted.info(), info, turn.now()),
                new RunRecord.Progress(Phase.RECORDING, null, null, true, List.of(), 0));
        var run = TaskRun.of(record);
        book.add(run);
        switch (reader.readExecutor(info, wanted.user(), settings.shutdownGrace())) {
            case TaskReader.Reading.Refused(var why) -> {
                run.exit = new TaskExit.NotStarted(why);
                steps.step(turn, run, TaskLifecycle.Input.NOT_RECORDED);
                reports.sendNew(turn, run);
            }
            case TaskReader.Reading.Runs(var spec) -> run.spec = spec;
            case TaskReader.Reading.BuiltIn(var grace) -> run.builtInGrace = grace;
        }
        return run;
    }

    /** The order of a task is on disk: it is handed over if its executor listens, with its group when it has one. */
    void recorded(Turn turn, TaskRun task) {
        task.phase = Phase.STARTING;
        var host = host(task);
        if (host == null || !isAlive(host)) {
            end(turn, task, host);
        } else if (host.listener != 0) {
            handOverIfReady(turn, task, host);
        }
    }

    /**
     * A task whose group is not on disk as a whole yet, or was handed over with another one of it, is left alone; one
     * with volumes waits until they are there.
     */
    void handOverIfReady(Turn turn, TaskRun task, TaskRun host) {
        var group = book.groupOf(task);
        if (group.stream().allMatch(each -> each.phase == Phase.STARTING) && volumes.areShown(turn, group, host)) {
            handOver(turn, task, host);
        }
    }

    /** The volumes of a task are there, or cannot be; returns the executor when it has nothing to do and never had. */
    @Nullable
    TaskRun volumesShown(Turn turn, AgentEvent.VolumesShown shown) {
        var task = runs.get(shown.run());
        var host = task == null ? null : host(task);
        if (task == null || host == null || task.phase != Phase.STARTING) {
            return null; // it has ended meanwhile
        }
        volumes.shown(turn, task, host, shown.problem());
        if (!task.isEnded()) {
            recorded(turn, task);
        }
        return isIdle(host) ? host : null;
    }

    private boolean isIdle(TaskRun host) {
        return isAlive(host) && !host.wasUsed() && tasks(host).stream().allMatch(TaskRun::isEnded);
    }

    /** That it is handed over is on disk first: it is never handed over twice. */
    private void handOver(Turn turn, TaskRun task, TaskRun host) {
        host.use(turn);
        var group = book.groupOf(task);
        group.forEach(each -> each.phase = Phase.RUNNING);
        turn.add(new AgentEffect.WriteTogether(
                group.stream().map(TaskRun::version).toList()));
        var event = task.group() == null
                ? new ExecutorEvent.Launch(task.order.taskInfo())
                : new ExecutorEvent.LaunchGroup(
                        group.stream().map(each -> each.order.taskInfo()).toList());
        group.getLast().writes.then(turn, new AgentEffect.TellExecutor(host.listener, event));
    }

    /** What is told of a task whose executor cannot take it any more. */
    static RunRecord.Update over(Turn turn, LinkMessage.Launch.Under under) {
        return RunSteps.agent(
                turn,
                TaskState.TASK_DROPPED,
                StatusReason.REASON_EXECUTOR_TERMINATED,
                "The executor '" + under.executor() + "' is over, ends, or is another one");
    }

    /** How the executor that a task was meant for is called, though it cannot have it. */
    RunId name(FrameworkId framework, LinkMessage.Launch.Under under) {
        var at = under.launchedAt();
        return RunId.ofExecutor(framework, under.executor(), at == null ? Position.NONE : at);
    }

    // ---- the process

    /** The process of an executor runs, started now or found again. */
    void spawned(Turn turn, TaskRun host) {
        if (host.phase == Phase.RUNNING && host.listener == 0) {
            turn.wakeAfter(wait(host), new Wake.Registered(host.id));
        }
    }

    /** One that had subscribed before the agent was started again has less time. */
    private Duration wait(TaskRun host) {
        boolean hadSubscribed = tasks(host).stream().anyMatch(task -> task.phase == Phase.RUNNING);
        return hadSubscribed ? settings.reregistration() : settings.registration();
    }

    /** A timer: an executor that has not subscribed yet is ended; returns why, or null. */
    KillOrder.@Nullable Cause late(RunId id) {
        var host = runs.get(id);
        if (host == null || host.phase != Phase.RUNNING || host.subscribed) {
            return null;
        }
        boolean again = tasks(host).stream().anyMatch(task -> task.phase == Phase.RUNNING);
        return again ? KillOrder.Cause.NOT_REREGISTERED : KillOrder.Cause.NOT_REGISTERED;
    }

    /** No process of the executor is left: its tasks have ended, too. Its own end is told behind theirs. */
    void ended(Turn turn, TaskRun host) {
        endTasks(turn, host);
        ExecutorCalls.closeStream(turn, host);
        counters.count(Counters.EXECUTORS_ENDED);
        reports.sendNew(turn, host);
    }

    /** Ends what is left of the tasks of an executor that is over. */
    void endTasks(Turn turn, TaskRun host) {
        for (var task : tasks(host)) {
            end(turn, task, host);
        }
    }

    private void end(Turn turn, TaskRun task, @Nullable TaskRun host) {
        if (task.isEnded()) {
            return;
        }
        steps.end(
                turn,
                task,
                Endings.underExecutor(
                        host == null ? null : host.kill, exit(host), host == null ? null : host.over, turn.now()));
        reports.sendNew(turn, task);
    }

    private static @Nullable TaskExit exit(@Nullable TaskRun host) {
        return host == null ? null : host.exit;
    }

    /** After a start of the agent: tasks whose executor is over end. */
    void settle(Turn turn) {
        for (var task : List.copyOf(runs.values())) {
            if (task.isHosted() && !task.isEnded()) {
                var host = host(task);
                if (host == null || host.isEnded()) {
                    end(turn, task, host);
                }
            } else if (task.isHosted()) {
                volumes.hide(turn, task, host(task)); // an earlier agent process may not have come to it
            }
        }
    }

    /** Ends a task; returns the executor when it has nothing to do any more and never had. */
    @Nullable
    TaskRun kill(Turn turn, TaskRun task, @Nullable Duration grace, KillOrder.Cause cause) {
        if (task.isEnded()) {
            return null;
        }
        var host = host(task);
        if (task.phase == Phase.RUNNING) {
            if (task.kill == null) {
                task.kill = new KillOrder(turn.now(), grace == null ? Duration.ZERO : grace, cause);
                task.write(turn);
            }
            if (host != null) {
                tellKill(turn, task, host, grace);
            }
            return null;
        }
        var reason = cause == KillOrder.Cause.DRAINED
                ? StatusReason.REASON_AGENT_DRAINING
                : StatusReason.REASON_TASK_KILLED_DURING_LAUNCH;
        for (var each : book.groupOf(task)) {
            if (!each.isEnded()) {
                var text = "Killed before it had reached its executor";
                steps.end(turn, each, RunSteps.agent(turn, TaskState.TASK_KILLED, reason, text));
                volumes.hide(turn, each, host);
                reports.sendNew(turn, each);
            }
        }
        return host != null && isIdle(host) ? host : null;
    }

    static void tellKill(Turn turn, TaskRun task, TaskRun host, @Nullable Duration grace) {
        if (host.listener != 0) {
            task.writes.then(
                    turn,
                    new AgentEffect.TellExecutor(
                            host.listener, new ExecutorEvent.Kill(task.id.key().task(), grace)));
        }
    }

    /** The end of an executor is known to the cluster; returns its run, or null. */
    @Nullable
    TaskRun acknowledged(LinkMessage.ExecutorRun order) {
        var host = runs.get(RunId.ofExecutor(order.framework(), order.executor(), order.launchedAt()));
        var head = host == null ? null : host.stream.head(host.container);
        return host != null && head != null && host.stream.acknowledge(host.container, head) ? host : null;
    }

    /** Every executor that is not forgotten, for a master. */
    List<LinkMessage.ExecutorRun> list() {
        return runs.values().stream()
                .filter(run -> run.id.executor() && run.stream.isWanted())
                .map(run -> run(run.id))
                .toList();
    }

    static LinkMessage.ExecutorRun run(RunId id) {
        return new LinkMessage.ExecutorRun(
                id.key().framework(), new ExecutorId(id.key().task().value()), id.launchedAt());
    }

    // ---- who is where

    /** All runs, those of tasks too. */
    NavigableMap<RunId, TaskRun> runs() {
        return runs;
    }

    /** The run of an executor that has not ended; there is one at most. */
    @Nullable
    TaskRun live(FrameworkId framework, ExecutorId executor) {
        var first = RunId.ofExecutor(framework, executor, new Position(Long.MIN_VALUE, 0));
        var last = RunId.ofExecutor(framework, executor, new Position(Long.MAX_VALUE, Integer.MAX_VALUE));
        for (var run : runs.subMap(first, true, last, true).descendingMap().values()) {
            if (!run.isEnded()) {
                return run;
            }
        }
        return null;
    }

    /** Tasks under this executor, those that have ended and wait for acknowledgements too. */
    List<TaskRun> tasks(TaskRun host) {
        return book.under(host.id);
    }

    @Nullable
    TaskRun task(TaskRun host, TaskId id) {
        var key = new TaskKey(host.id.key().framework(), id);
        for (var run : runs.subMap(RunId.first(key), true, RunId.last(key), true)
                .descendingMap()
                .values()) {
            if (run.order.under() != null && run.order.under().executor().equals(host.id)) {
                return run;
            }
        }
        return null;
    }

    @Nullable
    TaskRun host(TaskRun task) {
        var under = Check.present(task.order.under(), "executor of a task");
        return runs.get(under.executor());
    }

    /** True while new tasks may be given to it. */
    static boolean isAlive(TaskRun host) {
        return switch (host.phase) {
            case RECORDING, FETCHING, STARTING, RUNNING -> host.kill == null;
            case ABORTING, KILLING, ENDING, ENDED -> false;
        };
    }

    /** How the process of an executor ended, as {@code waitpid} gives it; -1 when nobody knows. */
    static int status(@Nullable TaskExit exit) {
        return switch (exit) {
            case TaskExit.Status(int code) -> code << Byte.SIZE;
            case TaskExit.Signal(int number) -> number;
            case TaskExit.Unknown _, TaskExit.Rebooted _, TaskExit.NotStarted _ -> -1;
            case null -> -1;
        };
    }

    static byte[] bytes(int status) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(status).array();
    }

    static int status(byte @Nullable [] bytes) {
        return bytes == null || bytes.length != Integer.BYTES
                ? -1
                : ByteBuffer.wrap(bytes).getInt();
    }
}
