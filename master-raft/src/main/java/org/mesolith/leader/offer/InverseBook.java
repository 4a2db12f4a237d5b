package org.mesolith.leader.offer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.InverseOffers;
import org.mesolith.allocator.InverseOffers.Asked;
import org.mesolith.api.OperatorReply.Maintenance.Answer;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.base.Check;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.model.AgentId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.InverseOffer;
import org.mesolith.model.OfferId;
import org.mesolith.model.Unavailability;
import org.mesolith.state.row.AgentRow;

/**
 * The open questions to frameworks to leave agents that will be taken down, and their newest answers. When which is
 * put is for {@link InverseOffers} to say.
 */
final class InverseBook {
    private final OfferDesk desk;
    private final InverseOffers questions;
    private final SortedMap<Asked, InverseOffer> open = new TreeMap<>();
    private final SortedMap<Asked, Answer> answers = new TreeMap<>();
    private long version;

    /**
     * @param interval between periodic rounds
     */
    InverseBook(OfferDesk desk, Duration interval) {
        this.desk = desk;
        this.questions = new InverseOffers(desk.present()::now, interval);
    }

    /** The newest answers, by framework and agent. */
    List<Answer> answers() {
        return List.copyOf(answers.values());
    }

    /** Agents that somebody was asked to leave and has not answered, one for each question. */
    List<AgentId> open() {
        return open.keySet().stream().map(Asked::agent).sorted().toList();
    }

    /** Changes whenever a question or an answer comes or goes. */
    long version() {
        return version;
    }

    /** After a round over these agents (null: over all). */
    List<Effect> ask(@Nullable Collection<AgentId> over) {
        var registry = desk.present().registry();
        if (registry.maintenance().windows().isEmpty()) {
            return List.of();
        }
        var windows = new TreeMap<AgentId, Unavailability>();
        if (over == null) {
            registry.agents().forEach(agent -> note(agent, windows));
        } else {
            over.forEach(id -> note(registry.agent(id), windows));
        }
        SortedMap<FrameworkId, List<InverseOffer>> asked = new TreeMap<>();
        for (var one : questions.due(windows.keySet(), this::holders)) {
            var when = Check.present(windows.get(one.agent()), "window of an agent");
            var offer = new InverseOffer(desk.book().nextId(), one.framework(), one.agent(), when);
            open.put(one, offer);
            asked.computeIfAbsent(one.framework(), f -> new ArrayList<>()).add(offer);
        }
        version += asked.isEmpty() ? 0 : 1;
        var effects = new ArrayList<Effect>();
        asked.forEach((framework, offers) ->
                effects.add(new Raise(new Tell(framework, new SchedulerEvent.InverseOffers(offers)))));
        return effects;
    }

    private void note(@Nullable AgentRow agent, SortedMap<AgentId, Unavailability> windows) {
        if (agent == null || !agent.isRegistered()) {
            return;
        }
        var when = desk.present().registry().maintenance().of(agent.info().hostname(), agent.address());
        if (when != null) {
            windows.put(agent.id(), when);
        }
    }

    private SortedSet<FrameworkId> holders(AgentId agent) {
        var holders = new TreeSet<FrameworkId>();
        desk.present().registry().allocations(agent).forEach(held -> holders.add(held.framework()));
        holders.addAll(desk.book().holders(agent));
        holders.removeIf(framework -> !desk.wishes().isConnected(framework));
        return holders;
    }

    /** A framework says whether it will leave; what is not open any more is passed over. */
    void answer(FrameworkId framework, List<OfferId> offers, boolean accepted, Filters filters) {
        for (var entry : List.copyOf(open.entrySet())) {
            var asked = entry.getKey();
            if (asked.framework().equals(framework)
                    && offers.contains(entry.getValue().id())) {
                open.remove(asked);
                questions.answered(framework, asked.agent(), filters.refuse());
                version++;
                answers.put(
                        asked,
                        new Answer(
                                framework,
                                asked.agent(),
                                accepted,
                                desk.present().now()));
            }
        }
    }

    /** When an agent is taken down has changed: whatever was asked and answered before counts no more. */
    List<Effect> changed(AgentId agent) {
        version++;
        answers.keySet().removeIf(asked -> asked.agent().equals(agent));
        return gone(agent);
    }

    /** The agent is gone, or has no link: open questions are taken back. */
    List<Effect> gone(AgentId agent) {
        var effects = new ArrayList<Effect>();
        for (var asked : questions.withdraw(agent)) {
            var offer = Check.present(open.remove(asked), "open question");
            effects.add(new Raise(new Tell(offer.framework(), new SchedulerEvent.RescindInverse(offer.id()))));
        }
        return effects;
    }

    /** The framework has no stream, or another one: it knows of no question. */
    void gone(FrameworkId framework) {
        questions.forget(framework);
        version += open.keySet().removeIf(asked -> asked.framework().equals(framework)) ? 1 : 0;
    }

    /** The framework wants to be asked again at once. */
    void revive(FrameworkId framework) {
        questions.revive(framework);
    }
}
