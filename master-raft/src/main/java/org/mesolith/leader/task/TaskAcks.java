package org.mesolith.leader.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.event.AgentOrder;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.Effect.WakeAfter;
import org.mesolith.leader.event.LeaderEvent.AcknowledgementsDue;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.FrameworkAsked;
import org.mesolith.leader.event.LeaderEvent.Order;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.state.Actor;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.Result;
import org.mesolith.state.Result.AcknowledgeVerdict;
import org.mesolith.state.TaskCommand.AcknowledgeTasks;
import org.mesolith.state.TaskCommand.AcknowledgeTasks.Acknowledgement;

/**
 * Acknowledgements on their way to agents. That of a task's end completes the task, so it goes through the log first:
 * an agent forgets only what the cluster has already filed. All others go straight through.
 */
final class TaskAcks {
    private static final Duration COMPANY = Duration.ofMillis(2);
    private static final int PER_COMMAND_MAX = 512;
    private static final int WAITING_MAX = 100_000;

    private final Present present;
    private final Tally tally;

    /** Ends to be filed, each with the order that follows; those on their way as well. */
    private final Map<Acknowledgement, Order> held = new LinkedHashMap<>();

    private final List<Acknowledgement> waiting = new ArrayList<>();
    private boolean scheduled;

    TaskAcks(Present present, Tally tally) {
        this.present = present;
        this.tally = tally;
    }

    /** ACKNOWLEDGE. */
    List<Effect> acknowledge(FrameworkAsked asked, SchedulerCall.Acknowledge call) {
        tally.count("master/messages_status_update_acknowledgement");
        var effects = new ArrayList<Effect>();
        effects.add(new Answer(asked.request(), new Reply.Accepted()));
        var key = new TaskKey(asked.framework(), call.task());
        var row = present.registry().task(key);
        if (row != null && !row.agent().equals(call.agent())) {
            tally.count("master/invalid_status_update_acknowledgements");
            return effects;
        }
        boolean isEnd =
                row != null && isTerminal(row.updateState()) && call.uuid().equals(row.updateUuid());
        var order = new Order(call.agent(), new AgentOrder.Acknowledge(key, call.uuid(), !isEnd));
        if (isEnd) {
            tally.count("master/valid_status_update_acknowledgements");
            effects.addAll(file(new Acknowledgement(key, call.uuid()), order));
        } else {
            effects.add(new Raise(order));
        }
        return effects;
    }

    /** They have waited long enough. */
    List<Effect> due() {
        scheduled = false;
        var effects = new ArrayList<Effect>();
        for (int from = 0; from < waiting.size(); from += PER_COMMAND_MAX) {
            var some = waiting.subList(from, Math.min(waiting.size(), from + PER_COMMAND_MAX));
            effects.add(new Propose(
                    new Propose.ForUpkeep("acknowledgements"),
                    Actor.SYSTEM,
                    Origin.HTTP,
                    null,
                    new AcknowledgeTasks(some)));
        }
        waiting.clear();
        return effects;
    }

    /** Acknowledgements were decided. */
    List<Effect> applied(Applied applied) {
        if (!(applied.entry().command() instanceof AcknowledgeTasks command)) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        if (applied.outcome() instanceof Outcome.Accepted(var _, Result.TasksAcknowledged(var verdicts))) {
            for (int i = 0; i < verdicts.size(); i++) {
                var order = held.get(command.acknowledgements().get(i));
                if (order != null && verdicts.get(i) != AcknowledgeVerdict.OTHER_UPDATE) {
                    effects.add(new Raise(order));
                }
            }
        }
        forget(command);
        return effects;
    }

    /** They were not decided: the agent sends the update again, and the framework acknowledges it again. */
    void forget(AcknowledgeTasks command) {
        command.acknowledgements().forEach(held::remove);
    }

    private List<Effect> file(Acknowledgement acknowledgement, Order order) {
        if (held.containsKey(acknowledgement)) {
            return List.of();
        }
        if (held.size() >= WAITING_MAX) {
            tally.count("master/dropped_messages");
            return List.of();
        }
        held.put(acknowledgement, order);
        waiting.add(acknowledgement);
        if (scheduled) {
            return List.of();
        }
        scheduled = true;
        return List.of(new WakeAfter(COMPANY, new AcknowledgementsDue()));
    }

    private static boolean isTerminal(@Nullable TaskState state) {
        return state != null && state.isTerminal();
    }
}
