package org.mesolith.leader.task;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.AgentOrder;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.ExecutorSpoke;
import org.mesolith.leader.event.LeaderEvent.FrameworkAsked;
import org.mesolith.leader.event.LeaderEvent.Order;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.AgentId;

/** What frameworks and executors say to each other through the masters. Nothing of it is kept: it may get lost. */
final class ExecutorCalls {
    private final Present present;
    private final Tally tally;

    ExecutorCalls(Present present, Tally tally) {
        this.present = present;
        this.tally = tally;
    }

    /** MESSAGE. */
    List<Effect> message(FrameworkAsked asked, SchedulerCall.Message call) {
        tally.count("master/messages_framework_to_executor");
        var effects = accepted(asked);
        boolean known = isRegistered(call.agent());
        tally.count(
                known
                        ? "master/valid_framework_to_executor_messages"
                        : "master/invalid_framework_to_executor_messages");
        if (known) {
            effects.add(new Raise(new Order(
                    call.agent(), new AgentOrder.TellExecutor(asked.framework(), call.executor(), call.data()))));
        }
        return effects;
    }

    /** SHUTDOWN. */
    List<Effect> shutdown(FrameworkAsked asked, SchedulerCall.Shutdown call) {
        var effects = accepted(asked);
        if (isRegistered(call.agent())) {
            effects.add(new Raise(
                    new Order(call.agent(), new AgentOrder.ShutdownExecutor(asked.framework(), call.executor()))));
        } else {
            tally.count("master/dropped_messages");
        }
        return effects;
    }

    /** REQUEST: offers are made without. */
    List<Effect> request(FrameworkAsked asked) {
        tally.count("master/messages_resource_request");
        return accepted(asked);
    }

    /** An executor has something to say. */
    List<Effect> spoke(ExecutorSpoke spoke) {
        tally.count("master/messages_executor_to_framework");
        boolean known = present.registry().framework(spoke.said().framework()) != null;
        tally.count(
                known
                        ? "master/valid_executor_to_framework_messages"
                        : "master/invalid_executor_to_framework_messages");
        return known
                ? List.of(new Raise(new Tell(
                        spoke.said().framework(),
                        new SchedulerEvent.Message(
                                spoke.agent(),
                                spoke.said().executor(),
                                spoke.said().data()))))
                : List.of();
    }

    private boolean isRegistered(AgentId agent) {
        var row = present.registry().agent(agent);
        return row != null && row.isRegistered();
    }

    private static List<Effect> accepted(FrameworkAsked asked) {
        var effects = new ArrayList<Effect>();
        effects.add(new Answer(asked.request(), new Reply.Accepted()));
        return effects;
    }
}
