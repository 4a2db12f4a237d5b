package org.mesolith.leader.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.mesolith.api.LinkMessage.ExecutorRun;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.AgentOrder;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.Effect.WakeAfter;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.ExecutorOver;
import org.mesolith.leader.event.LeaderEvent.ExecutorsDue;
import org.mesolith.leader.event.LeaderEvent.ExecutorsListed;
import org.mesolith.leader.event.LeaderEvent.Order;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.AgentId;
import org.mesolith.model.TaskState;
import org.mesolith.state.Outcome;
import org.mesolith.state.TaskCommand.EndExecutors;
import org.mesolith.state.TaskCommand.EndExecutors.End;
import org.mesolith.state.row.ExecutorRow;

/**
 * Ends of executors: told by their agents, decided in the log, then told to their frameworks and acknowledged to their
 * agents. A new leader hears of those that were not acknowledged once more.
 */
final class ExecutorEnds {
    /** Updates of its tasks wait less: frameworks hear of them first. */
    private static final Duration COMPANY = Duration.ofMillis(5);

    private static final int PER_COMMAND_MAX = 512;
    private static final int WAITING_MAX = 20_000;
    private static final int UNKNOWN_STATUS = -1;

    private final Present present;
    private final Tally tally;

    /** Told and not yet decided, with the status of each; one that is told again finds itself here. */
    private final Map<End, Integer> held = new LinkedHashMap<>();

    private final List<End> waiting = new ArrayList<>();
    private boolean scheduled;

    ExecutorEnds(Present present, Tally tally) {
        this.present = present;
        this.tally = tally;
    }

    /** An agent says that one of its executors is over. */
    List<Effect> over(ExecutorOver over) {
        tally.count("master/messages_exited_executor");
        var run = over.ended().run();
        take(
                new End(run.framework(), run.executor(), over.agent(), run.launchedAt()),
                over.ended().status());
        return schedule();
    }

    /** They have waited long enough. */
    List<Effect> due() {
        scheduled = false;
        var effects = new ArrayList<Effect>();
        for (int from = 0; from < waiting.size(); from += PER_COMMAND_MAX) {
            var some = waiting.subList(from, Math.min(waiting.size(), from + PER_COMMAND_MAX));
            effects.add(Propose.upkeep("ends of executors", new EndExecutors(some)));
        }
        waiting.clear();
        return effects;
    }

    /**
     * An agent says which executors it has. Others are over, unless a task of theirs is still on its way there; those
     * that nobody was promised are ended.
     */
    List<Effect> listed(ExecutorsListed listed) {
        var there = new TreeSet<String>();
        listed.runs().forEach(run -> there.add(name(run)));
        var effects = new ArrayList<Effect>();
        for (var row : present.registry().executorsOfAgent(listed.agent())) {
            if (!there.contains(name(run(row))) && !isAwaited(row)) {
                take(new End(row.framework(), row.id(), row.agent(), row.launchedAt()), UNKNOWN_STATUS);
            }
        }
        for (var run : listed.runs()) {
            var row = present.registry().executor(run.framework(), listed.agent(), run.executor());
            if (row == null || !row.launchedAt().equals(run.launchedAt())) {
                effects.addAll(surplus(listed.agent(), run));
            }
        }
        effects.addAll(schedule());
        return effects;
    }

    /** Ends were decided: frameworks hear of them, once, and agents may forget them. */
    List<Effect> applied(Applied applied) {
        if (!(applied.entry().command() instanceof EndExecutors(var ends))) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        for (var end : ends) {
            var status = held.remove(end);
            if (!(applied.outcome() instanceof Outcome.Accepted)) {
                continue;
            }
            var before = applied.before().executor(end.framework(), end.agent(), end.executor());
            if (before != null && before.launchedAt().equals(end.launchedAt())) {
                effects.add(new Raise(new Tell(
                        end.framework(),
                        new SchedulerEvent.Failure(
                                end.agent(), end.executor(), status == null ? UNKNOWN_STATUS : status))));
            }
            effects.add(new Raise(new Order(
                    end.agent(),
                    new AgentOrder.AcknowledgeExecutor(
                            new ExecutorRun(end.framework(), end.executor(), end.launchedAt())))));
        }
        return effects;
    }

    /** They were not decided; their agents tell them again. */
    void forget(EndExecutors command) {
        command.ends().forEach(held::remove);
    }

    private void take(End end, int status) {
        if (held.size() >= WAITING_MAX) {
            tally.count("master/dropped_messages");
        } else if (held.putIfAbsent(end, status) == null) {
            waiting.add(end);
        }
    }

    private List<Effect> schedule() {
        if (scheduled || waiting.isEmpty()) {
            return List.of();
        }
        scheduled = true;
        return List.of(new WakeAfter(COMPANY, new ExecutorsDue()));
    }

    private boolean isAwaited(ExecutorRow executor) {
        for (var task : present.registry().tasksOfAgent(executor.agent())) {
            if (task.state() == TaskState.TASK_STAGING
                    && task.framework().equals(executor.framework())
                    && executor.id().equals(task.executor())) {
                return true;
            }
        }
        return false;
    }

    private List<Effect> surplus(AgentId agent, ExecutorRun run) {
        var order = EndedFrameworks.contains(present.registry(), run.framework())
                ? new AgentOrder.Shutdown(run.framework())
                : new AgentOrder.ShutdownExecutor(run.framework(), run.executor());
        return List.of(new Raise(new Order(agent, order)));
    }

    private static ExecutorRun run(ExecutorRow row) {
        return new ExecutorRun(row.framework(), row.id(), row.launchedAt());
    }

    private static String name(ExecutorRun run) {
        return run.framework() + "\n" + run.executor() + "\n" + run.launchedAt();
    }
}
