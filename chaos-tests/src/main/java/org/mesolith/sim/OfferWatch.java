package org.mesolith.sim;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.model.AgentId;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.model.Resources;
import org.mesolith.model.StreamId;

/**
 * The live offers of every leadership: no resource is in two of them, nor in one and in a task. Of a shared volume,
 * which
 * may be in several offers and tasks, each round of offers holds one copy, as long as the agent has it.
 */
final class OfferWatch {
    private record Shown(String member, StreamId stream, Offer offer) {}

    private final Invariants invariants;
    private final SimClock clock;
    private final TreeMap<OfferId, Shown> live = new TreeMap<>();

    /** Shared volumes in the offers of this event; a leader makes one round in an event. */
    private final TreeSet<String> sharedInRound = new TreeSet<>();

    private long round;

    OfferWatch(Invariants invariants, SimClock clock) {
        this.invariants = invariants;
        this.clock = clock;
    }

    /** A leader told a framework something. */
    void told(SimMember leader, StreamId stream, SchedulerEvent event) {
        switch (event) {
            case SchedulerEvent.Offers(var offers) -> {
                for (var offer : offers) {
                    invariants.offered(offer, leader.believedTerm(), leader.applied());
                    onceInRound(leader, offer);
                    live.put(offer.id(), new Shown(leader.address().member(), stream, offer));
                }
                offers.stream().map(Offer::agent).distinct().forEach(agent -> check(leader, agent));
            }
            case SchedulerEvent.Rescind(var offer) -> live.remove(offer);
            default -> {}
        }
    }

    private void onceInRound(SimMember leader, Offer offer) {
        if (round != clock.eventCount()) {
            round = clock.eventCount();
            sharedInRound.clear();
        }
        for (var volume : offer.resources().unallocated().shared()) {
            var name = leader.address().member() + " " + offer.agent() + " " + volume.withCopies(1);
            Must.hold(
                    volume.copies() == 1 && sharedInRound.add(name),
                    () -> "a round offered shared volume " + volume + " of agent " + offer.agent()
                            + " more than once, at last in " + offer);
        }
    }

    /** A framework's call has reached a master: what it answers is not live any more. */
    void asked(String member, SchedulerRequest request) {
        switch (request.call()) {
            case SchedulerCall.Accept accept -> answered(member, request, accept.offers());
            case SchedulerCall.Decline decline -> answered(member, request, decline.offers());
            default -> {}
        }
    }

    private void answered(String member, SchedulerRequest request, List<OfferId> offers) {
        for (var id : offers) {
            var shown = live.get(id);
            if (shown != null
                    && shown.member().equals(member)
                    && shown.offer().framework().equals(request.framework())) {
                live.remove(id);
            }
        }
    }

    /** A stream is no more, and with it the offers made on it. */
    void streamEnded(StreamId stream) {
        live.values().removeIf(shown -> shown.stream().equals(stream));
    }

    /** A master's process died, and with it every offer it made. */
    void masterDied(SimMember member) {
        live.values().removeIf(shown -> shown.member().equals(member.address().member()));
    }

    private void check(SimMember leader, AgentId agent) {
        var held = leader.registry().allocated(agent).unallocated();
        var sum = Resources.EMPTY;
        var shared = Resources.EMPTY;
        for (var shown : live.values()) {
            if (shown.offer().agent().equals(agent)
                    && shown.member().equals(leader.address().member())) {
                var resources = shown.offer().resources().unallocated();
                sum = sum.plus(resources.nonShared());
                shared = shared.plus(resources.shared());
            }
        }
        var offered = sum;
        var row = leader.registry().agent(agent);
        var total = row == null ? Resources.EMPTY : row.total();
        Must.hold(
                total.without(held.nonShared()).contains(offered),
                () -> "agent " + agent + " has " + total + ", tasks hold " + held + ", its live offers " + offered);
        var copies = shared;
        Must.hold(
                total.contains(copies.withSingleCopies()),
                () -> "agent " + agent + " has " + total + ", its live offers shared volumes " + copies);
    }
}
