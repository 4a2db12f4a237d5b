package org.mesolith.leader.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.event.AgentOrder;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.FrameworkAsked;
import org.mesolith.leader.event.LeaderEvent.LaunchesSettled;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.LeaderEvent.Order;
import org.mesolith.leader.event.Permits;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.AgentId;
import org.mesolith.model.TaskKey;
import org.mesolith.state.Actor;
import org.mesolith.state.Change;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.row.TaskRow;

/**
 * Kills: sent to the agent, and remembered until the task ends, so that an agent that comes back hears them again. A
 * kill of a task that is still on its way into the log follows right behind its launch.
 */
final class TaskKills {
    private final Present present;
    private final Acls acls;
    private final TaskAnswers answers;
    private final Tally tally;

    /** Tasks to be killed, with the grace that was asked for. */
    private final SortedMap<TaskKey, Optional<Duration>> wanted = new TreeMap<>();

    private final Launching launching;

    /** @param acls which operators may kill whose tasks */
    TaskKills(Present present, TaskAnswers answers, Launching launching, Tally tally, Acls acls) {
        this.acls = acls;
        this.present = present;
        this.answers = answers;
        this.launching = launching;
        this.tally = tally;
    }

    /** KILL. A task that nobody knows is answered like a question for it. */
    List<Effect> kill(FrameworkAsked asked, SchedulerCall.Kill kill) {
        tally.count("master/messages_kill_task");
        var effects = new ArrayList<Effect>();
        effects.add(new Answer(asked.request(), new Reply.Accepted()));
        var key = new TaskKey(asked.framework(), kill.task());
        var row = present.registry().task(key);
        var agent = row == null ? launching.agent(key) : row.agent();
        if (agent == null) {
            effects.add(answers.about(asked.framework(), kill.task(), kill.agent()));
        } else if (kill.agent() != null && !kill.agent().equals(agent)) {
            tally.count("master/dropped_messages");
        } else if (row == null) {
            wanted.put(key, Optional.ofNullable(kill.grace()));
        } else {
            if (row.isUnreachable()) {
                // Remembered for when its agent is back; until then this is all that can be said of it.
                effects.add(answers.about(asked.framework(), kill.task(), agent));
            }
            effects.addAll(order(key, agent, kill.grace(), row.isTerminal()));
        }
        return effects;
    }

    /** An operator's kill: who may end a framework may end its tasks, for Mesos has no rule of its own for it. */
    List<Effect> kill(OperatorAsked asked, OperatorCall.KillTask kill) {
        var framework = present.registry().framework(kill.framework());
        var owner = framework == null ? null : framework.info().principal();
        var principal = asked.caller().principal();
        if (!acls.allow(Action.TEARDOWN_FRAMEWORK, principal, owner)) {
            var refusal =
                    Permits.no(principal, Action.TEARDOWN_FRAMEWORK, "of principal '" + owner + "', nor its tasks");
            return List.of(new Answer(asked.request(), new Reply.Forbidden(refusal)));
        }
        var key = new TaskKey(kill.framework(), kill.task());
        var row = present.registry().task(key);
        if (row == null) {
            return List.of(new Answer(
                    asked.request(),
                    new Reply.NotFound("framework " + kill.framework() + " has no task " + kill.task()
                            + " that has not ended; see `meso task ls`")));
        }
        var effects = new ArrayList<>(order(key, row.agent(), kill.grace(), row.isTerminal()));
        if (present.registry().featureLevel().includes(FeatureLevel.JOURNAL)) {
            effects.add(noted(asked, kill, row));
        }
        effects.add(new Answer(asked.request(), new Reply.Accepted()));
        return effects;
    }

    /** A kill is an order to the agent and no command; so that the audit knows of it, it is noted. */
    private static Propose noted(OperatorAsked asked, OperatorCall.KillTask kill, TaskRow row) {
        var grace = kill.grace();
        return new Propose(
                new Propose.ForUpkeep("audit"),
                Actor.operator(asked.caller().principal()).from(asked.caller().address()),
                Origin.HTTP,
                null,
                new SystemCommand.NoteDeed(
                        "KILL_TASK",
                        kill.task() + " of " + kill.framework(),
                        grace == null ? "" : "grace=" + grace,
                        row.state().name(),
                        "ordered to " + row.agent()));
    }

    /** Launches arrived, or never will. */
    List<Effect> settled(LaunchesSettled settled) {
        var effects = new ArrayList<Effect>();
        for (var key : settled.tasks()) {
            var grace = wanted.get(key);
            var row = present.registry().task(key);
            if (row == null) {
                wanted.remove(key);
            } else if (grace != null) {
                effects.addAll(order(key, row.agent(), grace.orElse(null), row.isTerminal()));
            }
        }
        return effects;
    }

    /** Tasks that have ended need no kill any more. */
    void applied(Applied applied) {
        if (wanted.isEmpty() || !(applied.outcome() instanceof Outcome.Accepted accepted)) {
            return;
        }
        for (var change : accepted.changes()) {
            switch (change) {
                case Change.TaskPut(var row) when row.isTerminal() -> wanted.remove(row.key());
                case Change.TaskRemoved(var key) -> wanted.remove(key);
                default -> {}
            }
        }
    }

    /** Kills that an agent has not carried out, for when it is back. */
    List<Effect> repeated(AgentId agent) {
        var effects = new ArrayList<Effect>();
        for (var row : present.registry().tasksOfAgent(agent)) {
            var grace = wanted.get(row.key());
            if (grace != null) {
                effects.addAll(order(row.key(), agent, grace.orElse(null), row.isTerminal()));
            }
        }
        return effects;
    }

    private List<Effect> order(TaskKey key, AgentId agent, @Nullable Duration grace, boolean ended) {
        if (ended) {
            return List.of();
        }
        wanted.put(key, Optional.ofNullable(grace));
        return List.of(new Raise(new Order(agent, new AgentOrder.Kill(key, grace))));
    }
}
