package org.mesolith.view;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.Resources;

/**
 * On which agents something would be reserved.
 *
 * @param picks in the order in which they were chosen; fewer than wanted, when there is a problem
 * @param places each place with its agents, by name; empty without a spread
 * @param candidates agents with enough room
 * @param agents that could be asked at all: registered, in use, and not to be emptied
 * @param lacks agents without enough room, the nearest to it first, the first few
 * @param problem why it cannot be done, null when it can
 */
public record ReservationPlan(
        List<Pick> picks,
        List<Place> places,
        int candidates,
        int agents,
        List<Lack> lacks,
        @Nullable String problem) {
    public ReservationPlan {
        picks = List.copyOf(picks);
        places = List.copyOf(places);
        lacks = List.copyOf(lacks);
    }

    /**
     * One agent.
     *
     * @param place where it is, empty without a spread
     * @param free what nobody has reserved and no task uses, before
     */
    public record Pick(AgentId agent, String host, String place, Resources free) {}

    /** Agents of one place: how many have room, how many were chosen. */
    public record Place(String name, int candidates, int chosen) {}

    /**
     * An agent that has not enough.
     *
     * @param text what is lacking, with both numbers
     */
    public record Lack(AgentId agent, String host, String text) {}
}
