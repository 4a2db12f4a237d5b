package org.mesolith.agent.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask next, and how long to wait before. A redirect is followed at once; then each master of the list in turn.
 * Waits grow from round to round: at first far below a second, so that a failover is quick; after minutes without a
 * leader up to some seconds, so that masters in trouble are left in peace.
 */
final class MasterFinder {
    /** Longest wait before the first, quick tries; doubled for each round. */
    private static final Duration FIRST = Duration.ofMillis(100);

    /** Longest wait between two rounds. */
    private static final Duration CAP = Duration.ofSeconds(1);

    /** Longest wait between two rounds after {@link #LONG_ROUNDS}. */
    private static final Duration LONG_CAP = Duration.ofSeconds(5);

    private static final int LONG_ROUNDS = 300;
    private static final int REDIRECTS_MAX = 5;

    private final KnownMasters known;
    private final DoubleSupplier dice;
    private @Nullable InetSocketAddress hint;
    private @Nullable InetSocketAddress passedOver;
    private List<InetSocketAddress> masters;
    private int next;
    private int failures;
    private int redirects;

    /**
     * @param known not empty; not resolved, so that a name may change its address
     * @param dice numbers from 0 to below 1
     */
    MasterFinder(KnownMasters known, DoubleSupplier dice) {
        this.known = known;
        this.masters = known.all();
        this.dice = dice;
        this.next = (int) (dice.getAsDouble() * masters.size());
    }

    /** The master to try now. */
    InetSocketAddress next() {
        var named = hint;
        hint = null;
        masters = known.all();
        return named == null ? inTurn() : named;
    }

    private InetSocketAddress inTurn() {
        var candidate = masters.get(next++ % masters.size());
        if (candidate.equals(passedOver)) {
            passedOver = null;
            candidate = masters.get(next++ % masters.size());
        }
        return candidate;
    }

    /** This one leads no more, or is silent: another one is tried when it is its turn. */
    void passOver(InetSocketAddress master) {
        passedOver = master;
    }

    /** A leader named every master. */
    void learn(List<String> named) {
        known.learn(named);
    }

    /** An operator named other masters: none of the former is tried any more. */
    void repoint(List<String> named) throws IOException {
        known.repoint(named);
        masters = known.all();
        hint = null;
        next = 0;
        welcomed();
    }

    /** Whom it tries, in order. */
    List<String> all() {
        return KnownMasters.texts(known.all());
    }

    /** A master named the leader. False after too many in a row: then it counts as a failure. */
    boolean redirected(InetSocketAddress leader) {
        if (++redirects > REDIRECTS_MAX) {
            failed();
            return false;
        }
        hint = leader;
        return true;
    }

    /** Nobody there, or nobody who leads. */
    void failed() {
        redirects = 0;
        failures++;
    }

    /** The master took us in: it is the first to try when the link breaks, and waits start anew. */
    void welcomed() {
        passedOver = null;
        redirects = 0;
        failures = 0;
    }

    /** How long to wait before the next try: nothing within a round. */
    Duration pause() {
        int rounds = failures / masters.size();
        if (rounds == 0 || failures % masters.size() != 0) {
            return Duration.ZERO;
        }
        var cap = rounds > LONG_ROUNDS ? LONG_CAP : CAP;
        var most = FIRST.multipliedBy(1L << Math.min(rounds - 1, 10));
        return jittered(most.compareTo(cap) < 0 ? most : cap);
    }

    /** Between half of it and all of it. */
    Duration jittered(Duration most) {
        return Duration.ofNanos((long) (most.toNanos() * (0.5 + dice.getAsDouble() / 2)));
    }
}
