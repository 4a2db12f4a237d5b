package org.mesolith.raft;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.MemberAddress;

/**
 * Starts an election as soon as the leader's process is dead, without waiting for the election timeout.
 *
 * <p>Raft stays as safe as it is: this is only an early election, by the same votes. But it ignores that a live leader
 * was heard lately, so a lease for reads must never be built beside it. The members that are left agree on who goes
 * first by what they have: the longest log, then the smallest name. Two that stand in the same term split the votes, so
 * a lost election is tried again in the next term after a random wait that grows, and who sees another stand waits for
 * that election to end.
 */
final class DeadProcessWatchdog implements AutoCloseable {
    /** What the watchdog may do to the group. Any thread. */
    interface Hands {
        /** The present leader, as far as known here. */
        @Nullable
        MemberAddress leader();

        /** The newest Raft term seen here; it rises when somebody stands. */
        long term();

        /** This member's newest entry. */
        TermIndex lastEntry();

        /** The newest entry of the other members but {@code dead}; who does not answer soon is left out. */
        List<Rival> rivals(MemberAddress dead);

        /**
         * Asks the same of the same, and forgets the answers; returns at once. Followers have nothing else to say to
         * each other: without it their first words would be those of an election, over connections to be made then.
         */
        void greet(MemberAddress leader);

        /** Makes this member stand, the first time after the death. False: refused, somebody else stands or leads. */
        boolean stand(MemberAddress dead);

        /** Makes this member stand once more, in the next term. */
        boolean standAgain();
    }

    /** Another member and its newest entry. */
    record Rival(String member, TermIndex last) {}

    /** What is still in the sockets' buffers may hold entries of the dead leader. */
    private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Time for one who goes first to win: an election takes a few milliseconds, a cold one some more. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    /**
     * Longest patience with an election that somebody has begun. On a machine without time to spare an election takes a
     * second, and who stands against it begins it anew.
     */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Followers greet each other this often. */
    private static final long GREET_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How long lost elections are tried again, at least. */
    private static final long TRYING_NANOS = TimeUnit.SECONDS.toNanos(15);

    /**
     * Who is behind stands this rarely: each of its elections keeps those who can win from standing, and yet they may
     * not have seen the death.
     */
    private static final int IN_VAIN_EVERY = 4;

    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    private final MemberAddress self;
    private final Hands hands;
    private final long tryingNanos;
    private final Thread thread;
    private volatile boolean closed;
    private final AtomicLong elections = new AtomicLong();

    /**
     * The last other leader that was known. An election makes a member forget who leads, perhaps before the death was
     * seen here; and who won one may be deposed at once. If then only those with the shorter logs stood, nobody would
     * win. Only the watchdog's thread.
     */
    private @Nullable Watched last;

    /** Only the watchdog's thread. */
    private long greetedAt = System.nanoTime() - GREET_NANOS;

    /**
     * @param electionTimeout after which the members stand by themselves; until then lost elections are tried again
     */
    DeadProcessWatchdog(MemberAddress self, Hands hands, Duration electionTimeout) {
        this.self = self;
        this.hands = hands;
        this.tryingNanos = Math.max(TRYING_NANOS, electionTimeout.toNanos());
        this.thread = Thread.ofPlatform().name("raft-watchdog").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Look now: a leader became known, or was lost. Any thread. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Elections this member started because the leader's process was dead. */
    long elections() {
        return elections.get();
    }

    private void run() {
        while (!closed) {
            var now = hands.leader();
            remember(now);
            var watched = last;
            if (watched == null || isSelf(now) || watched.isGivenUp()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                continue;
            }
            var leader = watched.leader;
            // Who was followed a moment ago and is forgotten now has not moved: a refusal alone says that it is dead.
            var seen = LeaderProbe.watch(leader.host(), leader.raftPort(), now == null, () -> isWanted(leader));
            if (seen == LeaderProbe.Seen.DEAD && !replaced(leader)) {
                replace(leader, watched.triedUntil(tryingNanos));
            } else if (seen == LeaderProbe.Seen.UNKNOWN) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private void remember(@Nullable MemberAddress now) {
        long term = hands.term();
        if (now != null && !isSelf(now) && (last == null || !last.leader.equals(now) || last.term != term)) {
            last = new Watched(now, term);
        }
    }

    private boolean isSelf(@Nullable MemberAddress member) {
        return member != null && member.member().equals(self.member());
    }

    /** Asked every now and then while the leader lives. */
    private boolean isWanted(MemberAddress leader) {
        if (closed || replaced(leader)) {
            return false;
        }
        long now = System.nanoTime();
        if (now - greetedAt >= GREET_NANOS) {
            greetedAt = now;
            hands.greet(leader);
        }
        return true;
    }

    /** Whether another than {@code leader} leads. */
    private boolean replaced(MemberAddress leader) {
        var now = hands.leader();
        return now != null && !now.member().equals(leader.member());
    }

    private void replace(MemberAddress dead, long until) {
        LOG.log(System.Logger.Level.INFO, "the process of the leader {0} is dead", dead.httpAuthority());
        LockSupport.parkNanos(DRAIN_NANOS);
        long patience = TURN_NANOS;
        long term = hands.term();
        var rivals = hands.rivals(dead);
        long place = Turns.placeAmong(rivals, hands.lastEntry(), self.member());
        if (place > 0 && settled(dead, place * TURN_NANOS)) {
            return;
        }
        // A group whose term has risen since takes nobody at the dead leader's word any more.
        boolean first = hands.leader() != null;
        for (int round = 1; !closed && System.nanoTime() - until < 0; round++) {
            rivals = round == 1 ? rivals : hands.rivals(dead);
            boolean sensible = round % IN_VAIN_EVERY == 0 || !isBehind(rivals);
            // A term that rose without our doing: another stands, and needs time rather than a rival.
            if (sensible && hands.term() == term && (first ? hands.stand(dead) : hands.standAgain())) {
                elections.incrementAndGet();
                LOG.log(System.Logger.Level.INFO, "stands in place of {0}, try {1}", dead.httpAuthority(), round);
            }
            first &= !sensible;
            if (settled(dead, patience)) {
                return;
            }
            term = hands.term();
            // Random, so that two that stood in one term do not meet in the next.
            if (settled(dead, ThreadLocalRandom.current().nextLong(patience))) {
                return;
            }
            patience = Math.min(2 * patience, PATIENCE_NANOS);
        }
    }

    /** Whether somebody has a longer log. It will not vote for this member, and can win itself. */
    private boolean isBehind(List<Rival> rivals) {
        var own = hands.lastEntry();
        return rivals.stream().anyMatch(rival -> rival.last.compareTo(own) > 0);
    }

    /** Waits until there is another leader; false when there is none in this time. */
    private boolean settled(MemberAddress dead, long nanos) {
        long until = System.nanoTime() + nanos;
        while (!closed) {
            if (replaced(dead)) {
                return true;
            }
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /** The leader of a term, and until when it is tried to replace it once it was found dead. The watchdog's thread. */
    private static final class Watched {
        final MemberAddress leader;
        final long term;
        private boolean dead;
        private long until;

        Watched(MemberAddress leader, long term) {
            this.leader = leader;
            this.term = term;
        }

        /** Counted from the first time: a lead that was lost again gives no new time. */
        long triedUntil(long nanos) {
            if (!dead) {
                dead = true;
                until = System.nanoTime() + nanos;
            }
            return until;
        }

        /** From here on the election timeout takes over. */
        boolean isGivenUp() {
            return dead && System.nanoTime() - until >= 0;
        }
    }

    /** Stops watching; waits a little for the thread. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            if (thread.isAlive()) {
                thread.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
