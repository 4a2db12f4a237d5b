package org.mesolith.raft;

import org.jspecify.annotations.Nullable;
import org.mesolith.log.LogListener;
import org.mesolith.log.MemberAddress;
import org.mesolith.state.Registry;

/**
 * Who leads, told to the listener one at a time and in an order it can rely on.
 *
 * <p>Ratis tells of the end of a leadership on any thread and may do so before the apply thread has heard of its
 * beginning: a term that was lost is never announced afterwards. A leader without a cluster is elected but not
 * announced: it makes the cluster first.
 */
final class Leading {
    private static final System.Logger LOG = System.getLogger(Leading.class.getName());

    private final LogListener listener;
    private final MemberAddress self;
    private volatile long elected;
    private volatile long announced;
    private volatile @Nullable MemberAddress leader;
    private long lostUpTo;

    Leading(MemberAddress self, LogListener listener) {
        this.self = self;
        this.listener = listener;
    }

    /** The term in which this member may propose for others; 0 when it does not lead. Any thread. */
    long term() {
        return announced;
    }

    /** The term in which Ratis takes proposals of this member; 0 when it does not lead. Any thread. */
    long electedTerm() {
        return elected;
    }

    /** The known leader, which may be this member; null when nobody is known. Any thread. */
    @Nullable
    MemberAddress leader() {
        return leader;
    }

    /** The member to send others to: never this one. */
    @Nullable
    MemberAddress other() {
        var now = leader;
        return now == null || now.member().equals(self.member()) ? null : now;
    }

    /** Everything of earlier terms is applied. Only the apply thread. */
    synchronized void ready(long term, Registry registry) {
        if (term <= lostUpTo || term <= elected) {
            return;
        }
        elected = term;
        announce(registry);
    }

    /** The registry went on; a leader that waits for its cluster may go on too. Only the apply thread. */
    void applied(Registry registry) {
        if (elected != 0 && announced == 0) {
            announce(registry);
        }
    }

    private synchronized void announce(Registry registry) {
        if (elected != 0 && announced == 0 && registry.cluster().exists()) {
            announced = elected;
            LOG.log(System.Logger.Level.INFO, self.httpAuthority() + " leads in term " + announced);
            listener.onLeaderReady(announced, registry);
        }
    }

    /**
     * The leadership of this term, and of every older one, is over. True when it was one until now.
     *
     * @param first done before the listener is told: answers those whose wishes never reached the log
     */
    synchronized boolean lost(long term, Runnable first) {
        lostUpTo = Math.max(lostUpTo, term);
        if (elected == 0 || elected > lostUpTo) {
            return false;
        }
        elected = 0;
        first.run();
        if (announced != 0) {
            LOG.log(System.Logger.Level.INFO, self.httpAuthority() + " leads no more; its term was " + announced);
            announced = 0;
            listener.onStepDown();
        }
        return true;
    }

    /** True when this is news. */
    synchronized boolean known(@Nullable MemberAddress now) {
        var before = leader;
        if (before == null ? now == null : before.equals(now)) {
            return false;
        }
        leader = now;
        if (now == null) {
            LOG.log(System.Logger.Level.INFO, "no leader is known");
        } else if (!now.member().equals(self.member())) {
            LOG.log(System.Logger.Level.INFO, "follows " + now.httpAuthority());
        }
        listener.onLeaderKnown(now);
        return true;
    }
}
