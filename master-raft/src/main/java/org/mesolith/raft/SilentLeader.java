package org.mesolith.raft;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a follower stand for election as soon as its leader has been silent for long enough.
 *
 * <p>Ratis does so itself, but late: it sleeps for an election timeout, and when a word of the leader fell into that
 * time it sleeps for another one, so twice the longest timeout may go by; and who lost an election begins to sleep
 * anew.
 * Here the silence itself is counted. The votes are asked for beforehand (pre-vote), so a member that alone does not
 * hear its leader disturbs nobody. The members stand one after the other, so that they do not take the votes from each
 * other ({@link Turns}).
 *
 * <p>A process that stood still has not listened: of each time between two looks only a little counts. The housekeeping
 * thread's.
 */
final class SilentLeader {
    /** What this member may see and do. The housekeeping thread. */
    interface Hands {
        /** Null unless this member follows, votes, and has nothing of its leader to carry out. */
        @Nullable
        Seen seen();

        /** This member may stand in a moment: asks the others what {@link #place} depends on. Does not block. */
        void prepare();

        /** How many members stand before this one. */
        long place();

        /** Asks for votes beforehand, then for votes. False: it follows no more. */
        boolean stand();
    }

    /**
     * What a follower sees.
     *
     * @param led whether a leader is known
     * @param silence since the last word of the leader; means nothing while none is known
     */
    record Seen(long term, boolean led, Duration silence) {}

    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    /** Time for one who goes first to win. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    /** So long before its turn a member asks whose turn it is. */
    private static final long PREPARE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** So much of the time between two looks counts. */
    private static final long LOOK_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);

    private final Hands hands;
    private final long silentNanos;
    private final long leaderlessNanos;
    private long lookedAt;
    private long quietNanos;
    private boolean prepared;
    private @Nullable Seen before;

    /**
     * @param silenceMin the shortest election timeout: others refuse their votes while they heard a leader within it
     * @param now {@link System#nanoTime}
     */
    SilentLeader(Hands hands, Duration silenceMin, long now) {
        this.hands = hands;
        this.silentNanos = silenceMin.multipliedBy(3).dividedBy(2).toNanos();
        this.leaderlessNanos = silenceMin.toNanos();
        this.lookedAt = now;
    }

    /** Every now and then. Does not block. */
    void look(long now) {
        long gap = now - lookedAt;
        lookedAt = now;
        var seen = hands.seen();
        boolean heard = seen == null || before == null || isNews(seen, before, gap);
        before = seen;
        if (heard || seen == null) {
            begin();
            return;
        }
        quietNanos += Math.min(gap, LOOK_NANOS_MAX);
        long due = seen.led ? silentNanos : leaderlessNanos;
        if (!prepared && quietNanos >= due - PREPARE_NANOS) {
            prepared = true;
            hands.prepare();
        }
        if (quietNanos >= due + hands.place() * TURN_NANOS) {
            begin();
            if (hands.stand()) {
                LOG.log(
                        System.Logger.Level.INFO,
                        seen.led
                                ? "nothing was heard of the leader for " + seen.silence.toMillis()
                                        + " ms: this member stands for election"
                                : "there is no leader: this member stands for election");
            }
        }
    }

    private void begin() {
        quietNanos = 0;
        prepared = false;
    }

    /** Whether the leader, or one who wants to become it, was heard since the last look. */
    private static boolean isNews(Seen seen, Seen before, long gap) {
        return seen.term != before.term || seen.led != before.led || (seen.led && seen.silence.toNanos() < gap);
    }
}
