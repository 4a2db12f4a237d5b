package org.mesolith.leader.event;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorEvent;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.StreamId;
import org.mesolith.state.Registry;
import org.mesolith.state.row.TaskRow;

/** What a handler wants done. Only the loop performs it. */
public sealed interface Effect permits Propose, Effect.Now, Effect.Raise {
    /** Performed at once, in order. */
    sealed interface Now extends Effect {}

    /** Another handler's turn: the event is routed before anything else happens. */
    record Raise(LeaderEvent event) implements Effect {}

    /** Sends an event to a framework. */
    record ToFramework(StreamId stream, SchedulerEvent event, List<FrameworkCapability> capabilities) implements Now {
        public ToFramework {
            capabilities = List.copyOf(capabilities);
        }
    }

    /** Ends a framework's stream, with a last event unless null. */
    record EndStream(StreamId stream, SchedulerEvent.@Nullable Failed last) implements Now {}

    /**
     * Sends an event to operators.
     *
     * @param streams theirs
     * @param after what the cluster promises once this has happened
     */
    record ToOperators(List<StreamId> streams, OperatorEvent event, Registry after) implements Now {
        public ToOperators {
            streams = List.copyOf(streams);
        }
    }

    /** Ends an operator's stream. */
    record EndWatch(StreamId stream) implements Now {}

    /** Sends a message to an agent. */
    record ToAgent(LinkId link, LinkMessage.FromMaster message) implements Now {}

    /** Ends a link. */
    record CloseLink(LinkId link, String why) implements Now {}

    /** Brings the event back after so long. Never taken back: a late one finds nothing. */
    record WakeAfter(Duration delay, LeaderEvent event) implements Now {}

    /** Answers a call; the first answer counts. */
    record Answer(RequestId request, Reply reply) implements Now {}

    /** Finds out whether this master leads now; brings {@link LeaderEvent.OperatorConfirmed}. */
    record Confirm(LeaderEvent.OperatorAsked asked) implements Now {}

    /** Reads details of tasks off the queue; brings {@link LeaderEvent.DetailsRead} with the same purpose. */
    record ReadDetails(Purpose purpose, List<TaskRow> tasks) implements Now {
        public ReadDetails {
            tasks = List.copyOf(tasks);
        }

        /** What they are read for. */
        public enum Purpose {
            /** To order a launch again. */
            LAUNCH,
            /** To answer a framework's question. */
            ANSWER
        }
    }

    /** Something an operator should know; goes to the log of the process. */
    record Report(String what) implements Now {}
}
