package org.mesolith.leader.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage.Statuses.Status;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.base.Limits;
import org.mesolith.leader.event.AgentOrder;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.Effect.WakeAfter;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.Order;
import org.mesolith.leader.event.LeaderEvent.StatusesHeard;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.LeaderEvent.UpdatesDue;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.AgentId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.Uuid;
import org.mesolith.state.Actor;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.Result;
import org.mesolith.state.Result.UpdateVerdict;
import org.mesolith.state.TaskCommand.UpdateTasks;
import org.mesolith.state.TaskCommand.UpdateTasks.Update;

/**
 * Status updates on their way to frameworks: collected for a few milliseconds, decided in one command, forwarded in
 * order when applied. Their {@code data} waits here meanwhile and is never logged; after a change of leader the agent
 * sends it again.
 */
final class TaskUpdates {
    /** How long an update waits for company. */
    private static final Duration COMPANY = Duration.ofMillis(2);

    /** Updates that wait or are on their way; more are not taken, their agents send them again. */
    private static final int WAITING_MAX = 100_000;

    private record Name(TaskKey task, @Nullable Uuid uuid) {}

    private final Present present;
    private final Tally tally;
    private final List<Update> waiting = new ArrayList<>();

    /** What is waiting or on its way, with the data of each; a repeated update finds itself here and is dropped. */
    private final Map<Name, byte @Nullable []> held = new LinkedHashMap<>();

    private boolean scheduled;

    TaskUpdates(Present present, Tally tally) {
        this.present = present;
        this.tally = tally;
    }

    /** An agent told its updates. */
    List<Effect> heard(StatusesHeard heard) {
        var effects = new ArrayList<Effect>();
        for (var status : heard.updates()) {
            tally.count("master/messages_status_update");
            var update = update(heard.agent(), status);
            if (isBehindTheEnd(update)) {
                effects.addAll(acknowledge(update));
            } else {
                take(update, status.data());
            }
        }
        if (!scheduled && !waiting.isEmpty()) {
            scheduled = true;
            effects.add(new WakeAfter(COMPANY, new UpdatesDue()));
        }
        return effects;
    }

    /** They have waited long enough. */
    List<Effect> due() {
        scheduled = false;
        var effects = new ArrayList<Effect>();
        for (int from = 0; from < waiting.size(); from += Limits.STATUSES_PER_COMMAND_MAX) {
            int to = Math.min(waiting.size(), from + Limits.STATUSES_PER_COMMAND_MAX);
            effects.add(new Propose(
                    new Propose.ForUpkeep("status updates"),
                    Actor.SYSTEM,
                    Origin.LINK,
                    null,
                    new UpdateTasks(waiting.subList(from, to))));
        }
        waiting.clear();
        return effects;
    }

    /** Updates were decided. */
    List<Effect> applied(Applied applied) {
        if (!(applied.entry().command() instanceof UpdateTasks command)) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        if (applied.outcome() instanceof Outcome.Accepted(var _, Result.TasksUpdated(var verdicts))) {
            for (int i = 0; i < verdicts.size(); i++) {
                var update = command.updates().get(i);
                effects.addAll(decided(applied, update, verdicts.get(i), held.get(name(update))));
            }
        }
        forget(command);
        return effects;
    }

    /** They were not decided; their agents send them again. */
    void forget(UpdateTasks command) {
        command.updates().forEach(update -> held.remove(name(update)));
    }

    private static Update update(AgentId agent, Status status) {
        return new Update(agent, status.framework(), status.launchedAt(), status.status(), status.latest());
    }

    /**
     * The framework was told how the run ended, and its agent, which could not write that down, begins anew: nothing of
     * what leads to an end is told after it.
     */
    private boolean isBehindTheEnd(Update update) {
        var row = present.registry().task(update.key());
        if (row == null || !row.launchedAt().equals(update.launchedAt())) {
            return false;
        }
        var told = row.updateState();
        return told != null && told.isTerminal() && !update.status().state().isTerminal();
    }

    private void take(Update update, byte @Nullable [] data) {
        var name = name(update);
        if (held.containsKey(name)) {
            return;
        }
        if (held.size() >= WAITING_MAX) {
            tally.count("master/dropped_messages");
            return;
        }
        held.put(name, data);
        waiting.add(update);
    }

    private List<Effect> decided(Applied applied, Update update, UpdateVerdict verdict, byte @Nullable [] data) {
        boolean valid = verdict != UpdateVerdict.AGENT_UNKNOWN;
        tally.count(valid ? "master/valid_status_updates" : "master/invalid_status_updates");
        return switch (verdict) {
            case APPLIED, REPEATED -> List.of(forward(applied, update, data));
            case TASK_UNKNOWN ->
                wasAcknowledged(applied, update) ? acknowledge(update) : List.of(forward(applied, update, data));
            case OTHER_RUN -> acknowledge(update);
            case FRAMEWORK_UNKNOWN -> {
                if (!EndedFrameworks.contains(applied.after(), update.framework())) {
                    // Its agent keeps the update: it is told when the framework subscribes again.
                    yield List.of();
                }
                var effects = new ArrayList<>(acknowledge(update));
                effects.add(new Raise(new Order(update.agent(), new AgentOrder.Shutdown(update.framework()))));
                yield effects;
            }
            case AGENT_UNKNOWN -> List.of();
        };
    }

    /** A task that has ended keeps its first end, whatever its agent says later. */
    private static Effect forward(Applied applied, Update update, byte @Nullable [] data) {
        var status = update.status();
        var row = applied.after().task(update.key());
        if (row != null && row.launchedAt().equals(update.launchedAt()) && row.isTerminal() && status.isTerminal()) {
            status = status.withState(row.state());
        }
        return new Raise(new Tell(update.framework(), new SchedulerEvent.Update(status, data)));
    }

    private static List<Effect> acknowledge(Update update) {
        var uuid = update.status().uuid();
        return uuid == null
                ? List.of()
                : List.of(new Raise(new Order(update.agent(), new AgentOrder.Acknowledge(update.key(), uuid, false))));
    }

    /** The run is completed: its end was acknowledged, and only the agent did not hear of it. */
    private static boolean wasAcknowledged(Applied applied, Update update) {
        for (var completed : applied.after().completedTasks(update.framework())) {
            var task = completed.task();
            if (task.launchedAt().equals(update.launchedAt())
                    && task.taskId().equals(update.status().task().value())) {
                return true;
            }
        }
        return false;
    }

    private static Name name(Update update) {
        return new Name(update.key(), update.status().uuid());
    }
}
