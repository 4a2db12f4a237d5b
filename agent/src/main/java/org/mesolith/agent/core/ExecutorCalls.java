package org.mesolith.agent.core;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.api.ExecutorCall;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.ExecutorRequest;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;

/** What executors say to their agent, and what is handed on to them. */
final class ExecutorCalls {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int BUSY = 503;

    private final Executors executors;
    private final TaskReader reader;
    private final RunSteps steps;
    private final Reports reports;
    private final Counters counters;
    private final AgentSettings settings;

    ExecutorCalls(
            Executors executors,
            TaskReader reader,
            RunSteps steps,
            Reports reports,
            Counters counters,
            AgentSettings settings) {
        this.executors = executors;
        this.reader = reader;
        this.steps = steps;
        this.reports = reports;
        this.counters = counters;
        this.settings = settings;
    }

    void asked(Turn turn, AgentEvent.ExecutorAsked asked) {
        long request = asked.request();
        var call = asked.call();
        var host = executors.live(call.framework(), call.executor());
        if (host == null) {
            boolean known = executors.runs().values().stream()
                    .anyMatch(run -> run.id.key().framework().equals(call.framework()));
            answer(
                    turn,
                    request,
                    BAD_REQUEST,
                    known
                            ? "Executor '" + call.executor() + "' of framework '" + call.framework()
                                    + "' is not on this agent"
                            : "Framework '" + call.framework() + "' has nothing on this agent");
            return;
        }
        if (host.isBuiltIn()) {
            var text = "Executor '" + call.executor() + "' is of type DEFAULT: the agent does its work itself";
            answer(turn, request, BAD_REQUEST, text);
            return;
        }
        var container = asked.container();
        if (container != null && !container.equals(host.container.toString())) {
            var text = "The token is of another run of executor '" + call.executor() + "'";
            answer(turn, request, FORBIDDEN, text);
            return;
        }
        if (call.call() instanceof ExecutorCall.Subscribe) {
            answer(turn, request, 200, "");
            return;
        }
        if (host.listener == 0) {
            answer(turn, request, FORBIDDEN, "Executor is not subscribed");
            return;
        }
        switch (call.call()) {
            case ExecutorCall.Update update -> {
                var problem = update(turn, host, update);
                answer(turn, request, problem == null ? 202 : BUSY, problem == null ? "" : problem);
            }
            case ExecutorCall.Message(var data) -> {
                answer(turn, request, 202, "");
                counters.count(Counters.EXECUTOR_MESSAGES);
                if (reports.knowsExecutors()) {
                    turn.tell(new LinkMessage.ExecutorSaid(call.framework(), call.executor(), data));
                }
            }
            case ExecutorCall.Unknown _ -> answer(turn, request, NOT_IMPLEMENTED, "Unknown call");
            case ExecutorCall.Subscribe _, ExecutorCall.Heartbeat _ -> answer(turn, request, 202, "");
        }
    }

    /** The stream of a SUBSCRIBE is open. Returns the executor when it has to be shut down instead. */
    @Nullable
    TaskRun subscribed(Turn turn, long stream, ExecutorRequest call, AgentId agent) {
        var host = executors.live(call.framework(), call.executor());
        if (host == null || !Executors.isAlive(host) || !(call.call() instanceof ExecutorCall.Subscribe subscribe)) {
            refuse(turn, stream);
            return null;
        }
        var tasks = executors.tasks(host);
        closeStream(turn, host);
        if (!host.wasUsed() && tasks.stream().allMatch(TaskRun::isEnded)) {
            refuse(turn, stream);
            return host;
        }
        host.listener = stream;
        host.subscribed = true;
        turn.add(new AgentEffect.TellExecutor(
                stream,
                new ExecutorEvent.Subscribed(
                        host.order.taskInfo(), host.order.framework(), agent, settings.info(), host.container)));
        turn.wakeAfter(AgentSettings.EXECUTOR_BEAT, new Wake.ExecutorBeat(host.id, stream));
        subscribe.unacknowledgedUpdates().forEach(update -> update(turn, host, update));
        var listed = new TreeSet<TaskId>();
        listed.addAll(subscribe.unacknowledgedTasks());
        var waiting =
                tasks.stream().filter(task -> task.phase == Phase.STARTING).toList();
        for (var task : tasks) {
            takeUp(turn, task, host, listed);
        }
        waiting.forEach(task -> executors.handOverIfReady(turn, task, host));
        return null;
    }

    private void takeUp(Turn turn, TaskRun task, TaskRun host, Set<TaskId> listed) {
        if (task.isEnded()) {
            return;
        }
        boolean spokenOf =
                task.stream.latest() != null || listed.contains(task.id.key().task());
        if (task.phase == Phase.RUNNING && !spokenOf) {
            steps.end(
                    turn,
                    task,
                    RunSteps.agent(
                            turn,
                            TaskState.TASK_DROPPED,
                            StatusReason.REASON_AGENT_RESTARTED,
                            "The task had not reached its executor when the agent was started again"));
            executors.volumes().hide(turn, task, host);
            reports.sendNew(turn, task);
        } else if (task.phase == Phase.RUNNING && task.kill != null) {
            Executors.tellKill(turn, task, host, null);
        }
    }

    private static void refuse(Turn turn, long stream) {
        turn.add(new AgentEffect.TellExecutor(stream, new ExecutorEvent.Shutdown()));
        turn.add(new AgentEffect.CloseExecutor(stream));
    }

    static void closeStream(Turn turn, TaskRun host) {
        if (host.listener != 0) {
            turn.add(new AgentEffect.CloseExecutor(host.listener));
            host.listener = 0;
        }
    }

    void down(long stream) {
        for (var run : executors.runs().values()) {
            if (run.id.executor() && run.listener == stream) {
                run.listener = 0;
            }
        }
    }

    void beat(Turn turn, Wake.ExecutorBeat wake) {
        var host = executors.runs().get(wake.executor());
        if (host != null && host.listener == wake.stream()) {
            turn.add(new AgentEffect.TellExecutor(host.listener, new ExecutorEvent.Heartbeat()));
            turn.wakeAfter(AgentSettings.EXECUTOR_BEAT, wake);
        }
    }

    /** Takes an update and acknowledges it once it is on disk; returns why it cannot be taken now, or null. */
    private @Nullable String update(Turn turn, TaskRun host, ExecutorCall.Update update) {
        var status = update.status();
        var uuid = Check.present(status.uuid(), "uuid of an executor's update");
        var task = executors.task(host, status.task());
        if (task == null) {
            counters.count(Counters.EXECUTOR_UPDATES_UNKNOWN);
            turn.warn("an update of " + host.id + " for task " + status.task() + ", which it does not have: ignored");
            tell(turn, host, new ExecutorEvent.Acknowledged(status.task(), uuid));
            return null;
        }
        if (task.stream.hasHeard(uuid) || task.isEnded()) {
            task.unconfirmed.add(uuid);
            confirm(turn, task);
            return null;
        }
        boolean full = task.stream.updates().size() >= AgentSettings.EXECUTOR_UPDATES_MAX
                || task.stream.bytesWaiting() > AgentSettings.EXECUTOR_BYTES_MAX;
        if (full && !status.isTerminal()) {
            return "Too many updates of task " + status.task() + " wait for the framework; try again later";
        }
        counters.count(Counters.EXECUTOR_UPDATES);
        if (task.phase == Phase.STARTING) {
            task.phase = Phase.RUNNING; // an earlier agent process handed it over, and could not write that down
        }
        task.add(of(task, status, update.data()));
        if (status.isTerminal()) {
            task.phase = Phase.ENDED;
            counters.ended(status.state());
            executors.volumes().hide(turn, task, host);
        }
        task.unconfirmed.add(uuid);
        task.write(turn);
        task.confirmIn = task.writes.newest();
        return null;
    }

    private RunRecord.Update of(TaskRun task, TaskStatus status, byte @Nullable [] data) {
        boolean drained = task.kill != null
                && task.kill.cause() == KillOrder.Cause.DRAINED
                && (status.state() == TaskState.TASK_KILLED || status.state() == TaskState.TASK_KILLING);
        var container = Check.present(task.order.under(), "executor of a task").container();
        return new RunRecord.Update(
                status.state(),
                StatusSource.SOURCE_EXECUTOR,
                drained ? StatusReason.REASON_AGENT_DRAINING : status.reason(),
                status.message(),
                status.timestamp(),
                status.healthy(),
                null,
                new RunRecord.Said(
                        Check.present(status.uuid(), "uuid of an executor's update"),
                        reader.inContainer(status.rest(), container),
                        data));
    }

    /** Tells the executor what is on disk. */
    void confirm(Turn turn, TaskRun task) {
        if (task.unconfirmed.isEmpty() || !task.writes.isWritten(task.confirmIn)) {
            return;
        }
        var host = executors.host(task);
        if (host != null) {
            for (var uuid : task.unconfirmed) {
                tell(turn, host, new ExecutorEvent.Acknowledged(task.id.key().task(), uuid));
            }
        }
        task.unconfirmed.clear();
    }

    void message(Turn turn, LinkMessage.TellExecutor order) {
        var host = executors.live(order.framework(), order.executor());
        boolean heard = host != null && host.listener != 0;
        counters.count(heard ? Counters.FRAMEWORK_MESSAGES : Counters.FRAMEWORK_MESSAGES_DROPPED);
        if (host != null) {
            tell(turn, host, new ExecutorEvent.Message(order.data()));
        }
    }

    private static void tell(Turn turn, TaskRun host, ExecutorEvent event) {
        if (host.listener != 0) {
            turn.add(new AgentEffect.TellExecutor(host.listener, event));
        }
    }

    private static void answer(Turn turn, long request, int status, String text) {
        turn.add(new AgentEffect.AnswerExecutor(request, status, text));
    }
}
