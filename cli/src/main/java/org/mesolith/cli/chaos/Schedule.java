package org.mesolith.cli.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Which fault comes when, whom it hits and how long it lasts: all of it out of one seed, so that a schedule can be had
 * again. Every kind comes once before one comes twice. One thread.
 */
final class Schedule {

    /** Whom of those who could be hit. */
    enum Role {
        LEADER,
        FOLLOWER,
        ANY
    }

    /**
     * One fault.
     *
     * @param strike what
     * @param role whom; agents have none
     * @param which of several, a number from 0 on
     * @param hold how long it lasts
     * @param gap how long it is calm afterwards, once everything works again
     */
    record Blow(Strike strike, Role role, int which, Duration hold, Duration gap) {}

    private static final Duration SHORT_PAUSE = Duration.ofMillis(300);
    private static final Duration LONG_PAUSE = Duration.ofMillis(4_500);

    private final Random dice;
    private final List<Strike> strikes;
    private final Deque<Strike> left = new ArrayDeque<>();
    private boolean isLeadersTurn = true;

    Schedule(long seed, List<Strike> strikes) {
        this.dice = new Random(seed);
        this.strikes = List.copyOf(strikes);
    }

    /** The next fault. */
    Blow next() {
        if (left.isEmpty()) {
            var all = new ArrayList<>(strikes);
            Collections.shuffle(all, dice);
            left.addAll(all);
        }
        Strike strike = left.remove();
        Role role = role(strike);
        Duration hold = switch (strike) {
            case MASTER_PAUSE ->
                role == Role.LEADER || dice.nextBoolean()
                        ? LONG_PAUSE.plusMillis(dice.nextInt(1_500))
                        : SHORT_PAUSE.plusMillis(dice.nextInt(300));
            case AGENT_PAUSE -> Duration.ofMillis(500 + dice.nextInt(3_000));
            case HANDOVER -> Duration.ZERO;
            case MASTER_CRASH, POWER_LOSS, MASTER_STOP, AGENT_CRASH -> Duration.ofMillis(dice.nextInt(2_000));
        };
        return new Blow(strike, role, dice.nextInt(1_000), hold, Duration.ofMillis(200 + dice.nextInt(800)));
    }

    private Role role(Strike strike) {
        if (strike.victim() == Strike.Victim.AGENT || strike == Strike.POWER_LOSS) {
            return Role.ANY;
        }
        if (strike == Strike.HANDOVER) {
            return Role.LEADER;
        }
        // In turn: both are always met, also in a short run.
        isLeadersTurn = !isLeadersTurn;
        return isLeadersTurn ? Role.FOLLOWER : Role.LEADER;
    }
}
