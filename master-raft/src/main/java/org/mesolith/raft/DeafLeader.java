package org.mesolith.raft;

import java.util.concurrent.TimeUnit;

/**
 * Lets a leader that hears no majority give up its lead in time.
 *
 * <p>Ratis does so itself, but it looks only when nothing else happened for the longest election timeout, and so up to
 * twice that time goes by. A leader that is heard and hears nobody keeps the others from standing for so long.
 *
 * <p>A process that stood still has not listened: after a time without looks the others get a moment to be heard. The
 * housekeeping thread's.
 */
final class DeafLeader {
    /** What this member may see and do. The housekeeping thread. */
    interface Hands {
        /** Whether this member leads and no majority was heard for the longest election timeout. */
        boolean isDeaf();

        /** Gives up the lead as Ratis does when it notices that; returns at once. */
        void giveUp();
    }

    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    /** A look later than this after the one before says nothing. */
    private static final long LOOK_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(250);

    /** So many looks in time must see the same. */
    private static final int LOOKS = 3;

    private final Hands hands;
    private long lookedAt;
    private int seen;

    /** @param now {@link System#nanoTime} */
    DeafLeader(Hands hands, long now) {
        this.hands = hands;
        this.lookedAt = now;
    }

    /** Every now and then. Does not block. */
    void look(long now) {
        boolean inTime = now - lookedAt <= LOOK_NANOS_MAX;
        lookedAt = now;
        if (!hands.isDeaf() || !inTime) {
            seen = 0;
            return;
        }
        seen++;
        if (seen == LOOKS) {
            seen = 0;
            LOG.log(System.Logger.Level.INFO, "this leader hears no majority: it gives up its lead");
            hands.giveUp();
        }
    }
}
