package org.mesolith.agent.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.AgentId;
import org.mesolith.model.Fence;

/**
 * Who the agent is and whose orders count. A newer fence is on disk before an order that carries it is obeyed: after a
 * crash the agent still refuses the leader before it.
 */
final class Identity {
    private final Counters counters;
    private final Deque<LinkMessage.FromMaster> waiting = new ArrayDeque<>();
    private AgentRecord durable;
    private AgentRecord newest;
    private long version;

    /** The disk has not answered yet. */
    private boolean writing;

    Identity(AgentRecord durable, Counters counters) {
        this.counters = counters;
        this.durable = durable;
        this.newest = durable;
    }

    /** As it is on disk. */
    AgentRecord durable() {
        return durable;
    }

    /**
     * The id that the agent has, also while the disk does not take it: it comes back under it, and not as one more.
     */
    @Nullable
    AgentId id() {
        return newest.id();
    }

    /** Judges an order. Those that may be obeyed now come back; one with a new fence waits for the disk. */
    List<LinkMessage.FromMaster> hear(Turn turn, long link, LinkMessage.FromMaster order) {
        var verdict = judge(order.fence());
        if (verdict != Fence.Verdict.CURRENT) {
            refuse(turn, link, order, verdict);
            return List.of();
        }
        var wanted = new AgentRecord(newest.id(), order.fence());
        if (newest.id() == null && order instanceof LinkMessage.Welcome welcome) {
            wanted = new AgentRecord(welcome.id(), order.fence());
        }
        if (waiting.isEmpty() && wanted.equals(durable)) {
            return List.of(order);
        }
        if (waiting.size() >= AgentSettings.ORDERS_WAITING_MAX) {
            waiting.clear();
            turn.add(new AgentEffect.DropLink(link, "the disk is too slow for the master's orders", false));
            return List.of();
        }
        waiting.add(order);
        if (!writing || !wanted.equals(newest)) {
            write(turn, wanted);
        }
        return List.of();
    }

    /** The record is on disk; orders that waited for it come back. */
    List<LinkMessage.FromMaster> written(Turn turn, long link, long which) {
        if (which != version) {
            return List.of();
        }
        writing = false;
        durable = newest;
        var ready = new ArrayList<LinkMessage.FromMaster>();
        for (var order : waiting) {
            var verdict = judge(order.fence());
            if (verdict == Fence.Verdict.CURRENT) {
                ready.add(order);
            } else {
                refuse(turn, link, order, verdict);
            }
        }
        waiting.clear();
        return ready;
    }

    /** The disk refused the record: its orders are not obeyed, the master is left. */
    void refused(Turn turn, long link, long which, String why) {
        if (which == version) {
            writing = false;
            newest = new AgentRecord(newest.id(), durable.newest());
            waiting.clear();
            counters.count(Counters.CHECKPOINTS_REFUSED);
            turn.add(new AgentEffect.DropLink(link, "cannot write down whose orders count: " + why, false));
        }
    }

    /** Orders of a link that is gone are not obeyed. */
    void linkLost() {
        waiting.clear();
    }

    /** The agent leaves: the next process of this work directory is a new agent of the same cluster. */
    void forget(Turn turn) {
        write(turn, new AgentRecord(null, newest.newest()));
    }

    boolean isWritten() {
        return newest.equals(durable);
    }

    private void write(Turn turn, AgentRecord record) {
        newest = record;
        version++;
        writing = true;
        turn.add(new AgentEffect.WriteIdentity(version, record));
    }

    private Fence.Verdict judge(Fence order) {
        @Nullable Fence known = newest.newest();
        return known == null ? Fence.Verdict.CURRENT : known.judge(order);
    }

    private void refuse(Turn turn, long link, LinkMessage.FromMaster order, Fence.Verdict verdict) {
        counters.count(Counters.ORDERS_REFUSED);
        var known = newest.newest();
        if (known != null) {
            turn.add(new AgentEffect.Send(link, new LinkMessage.RefusedOrder(order.fence(), known, verdict)));
        }
        var text = "refused " + order.getClass().getSimpleName() + " of " + order.fence() + ": " + verdict
                + ", newest is " + known;
        turn.warn(text);
        turn.add(new AgentEffect.DropLink(link, text, verdict == Fence.Verdict.STALE));
    }
}
