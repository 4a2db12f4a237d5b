package org.mesolith.leader.event;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.StreamId;
import org.mesolith.state.Actor;
import org.mesolith.state.Command;
import org.mesolith.state.Origin;
import org.mesolith.state.RequestKey;

/**
 * A wish for the log. It comes back in {@link LeaderEvent.Decided} or {@link LeaderEvent.Undecided}, so that whoever
 * made it need not remember why.
 *
 * @param key makes the command happen at most once; null where a second time is harmless
 */
public record Propose(
        Purpose purpose,
        Actor actor,
        Origin origin,
        @Nullable RequestKey key,
        Command command) implements Effect {

    /** What the outcome is for. */
    public sealed interface Purpose {}

    /** A call that waits for its reply. */
    public record ForCall(RequestId request) implements Purpose {}

    /** A stream that waits for its first event. */
    public record ForStream(StreamId stream) implements Purpose {}

    /** A link that waits for its welcome. */
    public record ForLink(LinkId link) implements Purpose {}

    /** The leader's own about an agent; it may try again once this one is decided. */
    public record ForAgent(AgentId agent) implements Purpose {}

    /** The leader's own; if it fails, the next round sees that it is still to be done. */
    public record ForUpkeep(String what) implements Purpose {}

    /** The leader's own wish, without anybody to answer. */
    public static Propose upkeep(String what, Command command) {
        return new Propose(new ForUpkeep(what), Actor.SYSTEM, Origin.LEADER, null, command);
    }
}
