package org.mesolith.leader.offer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorReply.Maintenance.Answer;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.model.AgentId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.InverseOffer;
import org.mesolith.model.OfferId;
import org.mesolith.state.row.AgentRow;

/**
 * Asks frameworks to leave agents that will be taken down: one question for each framework and agent where it holds
 * something, in every round until it is answered, and again when the time that the answer named is over.
 */
final class InverseOffers {
    private record Pair(FrameworkId framework, AgentId agent) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int byFramework = framework.compareTo(other.framework);
            return byFramework != 0 ? byFramework : agent.compareTo(other.agent);
        }
    }

    private final OfferDesk desk;
    private final Duration interval;
    private final SortedMap<Pair, InverseOffer> open = new TreeMap<>();
    private final SortedMap<Pair, Answer> answers = new TreeMap<>();
    private final SortedMap<Pair, Instant> quietUntil = new TreeMap<>();
    private long version;

    /**
     * @param interval between periodic rounds
     */
    InverseOffers(OfferDesk desk, Duration interval) {
        this.desk = desk;
        this.interval = interval;
    }

    /** The newest answers, by framework and agent. */
    List<Answer> answers() {
        return List.copyOf(answers.values());
    }

    /** Changes whenever an answer comes or goes. */
    long version() {
        return version;
    }

    /** After a round over these agents (null: over all). */
    List<Effect> ask(@Nullable Collection<AgentId> over) {
        var registry = desk.present().registry();
        if (registry.maintenance().windows().isEmpty()) {
            return List.of();
        }
        SortedMap<FrameworkId, List<InverseOffer>> asked = new TreeMap<>();
        if (over == null) {
            registry.agents().forEach(agent -> ask(agent, asked));
        } else {
            for (var id : over) {
                var agent = registry.agent(id);
                if (agent != null) {
                    ask(agent, asked);
                }
            }
        }
        var effects = new ArrayList<Effect>();
        asked.forEach((framework, offers) ->
                effects.add(new Raise(new Tell(framework, new SchedulerEvent.InverseOffers(offers)))));
        return effects;
    }

    private void ask(AgentRow agent, SortedMap<FrameworkId, List<InverseOffer>> asked) {
        var when = desk.present().registry().maintenance().of(agent.info().hostname(), agent.address());
        if (when == null || !agent.isRegistered()) {
            return;
        }
        var holders = new TreeSet<FrameworkId>();
        desk.present().registry().allocations(agent.id()).forEach(held -> holders.add(held.framework()));
        holders.addAll(desk.book().holders(agent.id()));
        for (var framework : holders) {
            var pair = new Pair(framework, agent.id());
            var quiet = quietUntil.get(pair);
            boolean isQuiet = quiet != null && quiet.isAfter(desk.present().now());
            if (open.containsKey(pair) || isQuiet || !desk.wishes().isConnected(framework)) {
                continue;
            }
            quietUntil.remove(pair);
            var offer = new InverseOffer(desk.book().nextId(), framework, agent.id(), when);
            open.put(pair, offer);
            asked.computeIfAbsent(framework, f -> new ArrayList<>()).add(offer);
        }
    }

    /** A framework says whether it will leave; what is not open any more is passed over. */
    void answer(FrameworkId framework, List<OfferId> offers, boolean accepted, Filters filters) {
        for (var entry : List.copyOf(open.entrySet())) {
            var pair = entry.getKey();
            if (!pair.framework().equals(framework)
                    || !offers.contains(entry.getValue().id())) {
                continue;
            }
            open.remove(pair);
            var now = desk.present().now();
            version++;
            answers.put(pair, new Answer(framework, pair.agent(), accepted, now));
            var refuse = filters.refuse();
            if (refuse.isPositive()) {
                quietUntil.put(pair, now.plus(refuse.compareTo(interval) > 0 ? refuse : interval));
            }
        }
    }

    /** When an agent is taken down has changed: whatever was asked and answered before counts no more. */
    List<Effect> changed(AgentId agent) {
        version++;
        answers.keySet().removeIf(pair -> pair.agent().equals(agent));
        return gone(agent);
    }

    /** The agent is gone, or has no link: open questions are taken back. */
    List<Effect> gone(AgentId agent) {
        quietUntil.keySet().removeIf(pair -> pair.agent().equals(agent));
        var effects = new ArrayList<Effect>();
        open.values().removeIf(offer -> {
            if (!offer.agent().equals(agent)) {
                return false;
            }
            effects.add(new Raise(new Tell(offer.framework(), new SchedulerEvent.RescindInverse(offer.id()))));
            return true;
        });
        return effects;
    }

    /** The framework has no stream, or another one: it knows of no question. */
    void gone(FrameworkId framework) {
        open.keySet().removeIf(pair -> pair.framework().equals(framework));
        quietUntil.keySet().removeIf(pair -> pair.framework().equals(framework));
    }

    /** The framework wants to be asked again at once. */
    void revive(FrameworkId framework) {
        quietUntil.keySet().removeIf(pair -> pair.framework().equals(framework));
    }
}
