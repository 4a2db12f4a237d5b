package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import org.mesolith.log.Proposal;
import org.mesolith.state.Actor;
import org.mesolith.state.Envelope;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Origin;
import org.mesolith.state.SystemCommand;

/**
 * A rolling upgrade in the middle of the trouble: one master after the other ends and comes back with newer software,
 * and when all have it, somebody raises the level.
 */
final class Rolling {
    private static final Duration DOWN = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final SimClock clock;
    private final SimGroup group;
    private final List<SimMaster> masters;
    private final Trace trace;

    Rolling(SimClock clock, SimGroup group, List<SimMaster> masters, Trace trace) {
        this.clock = clock;
        this.group = group;
        this.masters = masters;
        this.trace = trace;
    }

    /** Every master runs what knows no more than this level, and is upgraded within this time. */
    void begin(int level, Duration within) {
        var step = within.dividedBy(masters.size() + 1L);
        var at = Duration.ZERO;
        for (var master : masters) {
            master.member().install(level);
            at = at.plus(step);
            clock.after(at, () -> upgrade(master));
        }
        clock.after(at.plus(step), this::raise);
    }

    private void upgrade(SimMaster master) {
        trace.note("rolling:", master.member().address().member(), "is upgraded");
        if (master.member().isReachable()) {
            master.kill();
            clock.after(DOWN, () -> {
                if (!master.isAlive()) {
                    master.start();
                }
            });
        }
        master.member().install(FeatureLevel.NEWEST.number());
    }

    private void raise() {
        if (isRaised()) {
            return;
        }
        var leader = group.leader();
        if (leader != null && leader.isReady()) {
            var envelope = new Envelope(Actor.SYSTEM, Origin.CONSOLE, null, clock.now(), leader.believedTerm());
            var _ = leader.propose(
                    new Proposal(envelope, new SystemCommand.RaiseFeatureLevel(FeatureLevel.NEWEST.number())));
        }
        clock.after(AGAIN, this::raise);
    }

    /** True once the cluster is at the newest level. */
    boolean isRaised() {
        return group.newest().featureLevel().includes(FeatureLevel.NEWEST);
    }
}
