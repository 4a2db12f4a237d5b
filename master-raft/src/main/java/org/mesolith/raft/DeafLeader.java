package org.mesolith.raft;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets a leader that hears no majority give up its lead in time, and tell the others that it did.
 *
 * <p>Ratis does so itself, but it looks only when nothing else happened for the longest election timeout, and so up to
 * twice that time goes by. A leader that is heard and hears nobody keeps the others from standing for so long.
 *
 * <p>Whoever gave up its lead, for whatever reason, without being replaced asks the others to stand. Those who hear it
 * need not count its silence first.
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

        /** The term in which this member leads; 0 when it does not. */
        long leadsIn();

        /** The newest term seen here. */
        long term();

        /** Asks the others, one after the other, to stand in place of this member, who led in {@code term}. At once. */
        void leaveTo(long term);
    }

    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    /** A look later than this after the one before says nothing. */
    private static final long LOOK_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(250);

    /** So many looks in time must see the same. */
    private static final int LOOKS = 3;

    private final Hands hands;
    private final long silenceNanos;
    private long lookedAt;
    private int seen;
    private long led;
    private long ledAt;

    /**
     * @param silenceMax the longest election timeout: a new leader has heard nobody as a leader, and gets so long
     * @param now {@link System#nanoTime}
     */
    DeafLeader(Hands hands, Duration silenceMax, long now) {
        this.hands = hands;
        this.silenceNanos = silenceMax.toNanos();
        this.lookedAt = now;
    }

    /** Every now and then. Does not block. */
    void look(long now) {
        boolean inTime = now - lookedAt <= LOOK_NANOS_MAX;
        lookedAt = now;
        long leads = hands.leadsIn();
        // Whoever was replaced has seen a newer term.
        if (led != 0 && leads == 0 && hands.term() == led) {
            hands.leaveTo(led);
        }
        if (led != leads) {
            led = leads;
            ledAt = now;
        }
        boolean isNew = now - ledAt < silenceNanos;
        if (isNew || !inTime || !hands.isDeaf()) {
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
