package org.mesolith.view;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.api.MasterInfo;
import org.mesolith.api.OperatorReply.Maintenance.Answer;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferConstraints;

/**
 * What only the leader knows, at one moment.
 *
 * @param started when the leader's process started
 * @param elected when its leadership began
 * @param connectedAgents those with a link
 * @param recoveredAgents registered ones that were not heard in this term
 * @param peers addresses of agents that were
 * @param connectedFrameworks those with a stream
 * @param seenFrameworks those that had one in this term
 * @param offers that can be used
 * @param drainsBegun when agents that are emptied, or were, and were heard in this term had begun with that
 * @param constraints agents that frameworks heard in this term want to be offered, by role
 * @param inverseAnswers what frameworks answered when they were asked to leave agents
 * @param inverseOpen agents that somebody was asked to leave and has not answered, one for each question
 */
public record SoftState(
        MasterInfo self,
        Instant started,
        Instant elected,
        SortedSet<AgentId> connectedAgents,
        SortedSet<AgentId> recoveredAgents,
        SortedMap<AgentId, String> peers,
        SortedSet<FrameworkId> connectedFrameworks,
        SortedSet<FrameworkId> seenFrameworks,
        List<Offer> offers,
        SortedMap<AgentId, Instant> drainsBegun,
        SortedMap<FrameworkId, SortedMap<String, OfferConstraints>> constraints,
        List<Answer> inverseAnswers,
        List<AgentId> inverseOpen) {
    public SoftState {
        drainsBegun = Collections.unmodifiableSortedMap(new TreeMap<>(drainsBegun));
        constraints = Collections.unmodifiableSortedMap(new TreeMap<>(constraints));
        connectedAgents = Collections.unmodifiableSortedSet(new TreeSet<>(connectedAgents));
        recoveredAgents = Collections.unmodifiableSortedSet(new TreeSet<>(recoveredAgents));
        peers = Collections.unmodifiableSortedMap(new TreeMap<>(peers));
        connectedFrameworks = Collections.unmodifiableSortedSet(new TreeSet<>(connectedFrameworks));
        seenFrameworks = Collections.unmodifiableSortedSet(new TreeSet<>(seenFrameworks));
        offers = List.copyOf(offers);
        inverseAnswers = List.copyOf(inverseAnswers);
        inverseOpen = List.copyOf(inverseOpen);
    }

    /** How many answers there are of frameworks that were asked to leave this agent. */
    public int inverseAnswersOn(AgentId agent) {
        return (int) inverseAnswers.stream()
                .filter(answer -> answer.agent().equals(agent))
                .count();
    }
}
