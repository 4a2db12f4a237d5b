package org.mesolith.agent.core;

import java.util.ArrayList;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.Resources;

/**
 * The agent's dynamic reservations and volumes, as the masters said last. They are on disk before long, so that an
 * agent that the cluster has forgotten can tell; what the cluster knows counts. A volume that is no more is wiped
 * before that is written down: after a crash between the two it is wiped once more.
 */
final class Reservations {
    private final Counters counters;
    private Resources durable;
    private Resources newest;
    private long version;

    Reservations(Resources durable, Counters counters) {
        this.durable = durable;
        this.newest = durable;
        this.counters = counters;
    }

    /** As the agent knows them. */
    Resources now() {
        return newest;
    }

    void set(Turn turn, LinkMessage.SetReserved order) {
        if (order.reserved().equals(newest)) {
            return;
        }
        var gone = new ArrayList<VolumePath>();
        var kept = VolumePath.of(order.reserved());
        for (var volume : VolumePath.of(newest)) {
            if (!kept.contains(volume)) {
                gone.add(volume);
            }
        }
        newest = order.reserved();
        version++;
        turn.add(new AgentEffect.KeepReserved(version, order, gone));
    }

    void written(long which) {
        if (which == version) {
            durable = newest;
        }
    }

    /** The disk refused: the agent joins again, and is told again. */
    void refused(Turn turn, long link, long which, String why) {
        counters.count(Counters.CHECKPOINTS_REFUSED);
        if (which == version) {
            newest = durable;
        }
        turn.add(new AgentEffect.DropLink(link, "cannot write down reservations and volumes: " + why, false));
    }
}
