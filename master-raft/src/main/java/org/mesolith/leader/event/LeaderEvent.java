package org.mesolith.leader.event;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.model.AgentId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OfferWishes;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.StreamId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.row.TaskRow;

/**
 * What can happen to a leadership. From outside: doors, log, clock. From within: what one handler tells the others,
 * brought by {@link Effect.Raise}.
 */
public sealed interface LeaderEvent {
    /** From outside. */
    sealed interface Outer extends LeaderEvent {}

    /** From another handler. */
    sealed interface Inner extends LeaderEvent {}

    // ---- doors

    /** First event of a leadership: timers start, what the last leader left undone is taken up. */
    record Began() implements Outer {}

    /** A scheduler call but SUBSCRIBE; {@code stream} is what the caller named, null when nothing. */
    record SchedulerAsked(
            RequestId request,
            SchedulerRequest call,
            @Nullable StreamId stream,
            Caller caller) implements Outer {}

    /** SUBSCRIBE; the stream takes events from now on. */
    record Subscribing(
            RequestId request,
            @Nullable FrameworkId framework,
            SchedulerCall.Subscribe call,
            StreamId stream,
            Caller caller)
            implements Outer {}

    /** The file of host names whose agents may be offered says something else now. */
    record WhitelistRead(SortedSet<String> hosts) implements Outer {
        public WhitelistRead {
            hosts = Collections.unmodifiableSortedSet(new TreeSet<>(hosts));
        }
    }

    /** An operator is shown what is, in this very turn, and is told on this stream what happens from now on. */
    record Watching(StreamId stream) implements Outer {}

    /** A framework's or an operator's stream has ended. */
    record StreamClosed(StreamId stream) implements Outer {}

    /** An operator's call that changes something. */
    record OperatorAsked(RequestId request, OperatorCall call, Caller caller) implements Outer {}

    /** What was found out about this master after the call had come. */
    record OperatorConfirmed(OperatorAsked asked, Lead lead) implements Outer {
        /** Whether it led then. */
        public enum Lead {
            /** It did, and has seen all that was acknowledged before. */
            HELD,
            /** It does not lead any more. */
            GONE,
            /** Too few of the others answered. */
            UNKNOWN
        }
    }

    /** A message of an agent. */
    record LinkSaid(LinkId link, String peer, LinkMessage.FromAgent message) implements Outer {}

    /** An agent's link has ended. */
    record LinkLost(LinkId link) implements Outer {}

    // ---- log

    /** A command was applied; comes for every one, in order, whoever proposed it. */
    record Applied(LogEntry entry, Outcome outcome, Registry before, Registry after) implements Outer {}

    /** What became of a proposal; comes after its {@link Applied}. */
    record Decided(Propose proposal, Position at, Outcome outcome) implements Outer {}

    /** A proposal came to nothing, or nobody knows; {@code text} says more, if there is more. */
    record Undecided(Propose proposal, Why why, String text) implements Outer {
        /** Why. */
        public enum Why {
            /** This master does not lead any more; certainly not applied. */
            NOT_LEADER,
            /** Too much waits; certainly not applied. */
            FULL,
            /** No entry can hold it; certainly not applied. */
            TOO_LARGE,
            /** The disk is nearly full; certainly not applied. */
            NO_SPACE,
            /** It may still be applied. */
            UNKNOWN
        }
    }

    /** Details that were asked for; a missing one was forgotten meanwhile. */
    record DetailsRead(Effect.ReadDetails.Purpose purpose, List<Detail> details) implements Outer {
        public DetailsRead {
            details = List.copyOf(details);
        }

        /**
         * What was read of one task.
         *
         * @param taskInfo what an agent needs to start it
         * @param last its newest status, without data
         */
        public record Detail(
                TaskRow task,
                @Nullable Opaque taskInfo,
                @Nullable TaskStatus last) {}
    }

    // ---- clock

    /** Time for an allocation round over all agents. */
    record RoundDue() implements Outer {}

    /** Agents or frameworks asked for a round; several requests share one. */
    record ExtraRoundDue() implements Outer {}

    /** Agents that came back a moment ago are to be looked at. */
    record SoonRoundDue() implements Outer {}

    /** Nobody answered the offer in time. */
    record OfferExpired(OfferId offer) implements Outer {}

    /** Time for a heartbeat on this stream. */
    record StreamBeatDue(FrameworkId framework, StreamId stream) implements Outer {}

    /** Time for a heartbeat on this stream of an operator. */
    record WatchBeatDue(StreamId stream) implements Outer {}

    /** Time to look for silent agents, to speak to the others, and to look for frameworks that were away too long. */
    record UpkeepDue() implements Outer {}

    /** A framework's time to come back may have passed. */
    record FrameworkDue(FrameworkId framework, Instant disconnectedSince) implements Outer {}

    /** Status updates have waited long enough for company. */
    record UpdatesDue() implements Outer {}

    /** Acknowledgements have waited long enough for company. */
    record AcknowledgementsDue() implements Outer {}

    /** Time to answer the next of many questions. */
    record AnswersDue() implements Outer {}

    /** Ends of executors have waited long enough for company. */
    record ExecutorsDue() implements Outer {}

    // ---- between handlers

    /** A call of a subscribed framework, checked so far. */
    record FrameworkAsked(RequestId request, FrameworkId framework, SchedulerCall call, Caller caller)
            implements Inner {}

    /** The framework has a stream now (a new one, or another one): it has no offers. */
    record FrameworkUp(FrameworkId framework, List<String> suppressedRoles, OfferWishes wishes) implements Inner {
        public FrameworkUp {
            suppressedRoles = List.copyOf(suppressedRoles);
        }
    }

    /** The framework has no stream any more. */
    record FrameworkDown(FrameworkId framework) implements Inner {}

    /** These roles of the framework want no offers from now on, and this is what it wants of the others'. */
    record OfferWishesSet(FrameworkId framework, List<String> suppressedRoles, OfferWishes wishes) implements Inner {
        public OfferWishesSet {
            suppressedRoles = List.copyOf(suppressedRoles);
        }
    }

    /** The agent has a link and was welcomed: it may be offered. */
    record AgentUp(AgentId agent) implements Inner {}

    /** The agent has no link any more. */
    record AgentDown(AgentId agent) implements Inner {}

    /** An agent told its updates. */
    record StatusesHeard(AgentId agent, List<LinkMessage.Statuses.Status> updates) implements Inner {
        public StatusesHeard {
            updates = List.copyOf(updates);
        }
    }

    /** An agent says which executors it has. */
    record ExecutorsListed(AgentId agent, List<LinkMessage.ExecutorRun> runs) implements Inner {
        public ExecutorsListed {
            runs = List.copyOf(runs);
        }
    }

    /** An executor is over. */
    record ExecutorOver(AgentId agent, LinkMessage.ExecutorEnded ended) implements Inner {}

    /** An executor said something to its framework. */
    record ExecutorSpoke(AgentId agent, LinkMessage.ExecutorSaid said) implements Inner {}

    /**
     * An agent is back and it is known what it has.
     *
     * @param listed null when the fingerprints agreed
     * @param wasUnreachable its tasks' frameworks were told that they are unreachable
     */
    record AgentMatched(AgentId agent, @Nullable List<AgentTask> listed, boolean wasUnreachable) implements Inner {}

    /** For a framework, if it is connected; else it is dropped. */
    record Tell(FrameworkId framework, SchedulerEvent event) implements Inner {}

    /** For every connected framework. */
    record TellAll(SchedulerEvent event) implements Inner {}

    /** For an agent, if it has a link; else it is dropped. The order gets its fence on the way. */
    record Order(AgentId agent, AgentOrder order) implements Inner {}

    /** An ACCEPT whose offers are good and have left the book. */
    record OffersTaken(
            RequestId request,
            FrameworkId framework,
            List<Offer> offers,
            List<OfferOperation> operations,
            Caller caller)
            implements Inner {
        public OffersTaken {
            offers = List.copyOf(offers);
            operations = List.copyOf(operations);
        }
    }

    /** An ACCEPT whose offers cannot be used. */
    record OffersInvalid(RequestId request, FrameworkId framework, List<OfferOperation> operations, String why)
            implements Inner {
        public OffersInvalid {
            operations = List.copyOf(operations);
        }
    }

    /** Offers that were taken and not used after all: they return. */
    record OffersReturned(List<OfferId> offers, Filters filters) implements Inner {
        public OffersReturned {
            offers = List.copyOf(offers);
        }
    }

    /** An operator's operation will take something of the agent: offers of it end. */
    record OffersClaimed(AgentId agent, OfferOperation operation) implements Inner {}

    /** Tasks on their way into the log: they cannot be found in the registry yet. */
    record LaunchesProposed(List<TaskKey> tasks, AgentId agent) implements Inner {
        public LaunchesProposed {
            tasks = List.copyOf(tasks);
        }
    }

    /** What was on its way has arrived or is lost. */
    record LaunchesSettled(List<TaskKey> tasks) implements Inner {
        public LaunchesSettled {
            tasks = List.copyOf(tasks);
        }
    }
}
