package org.mesolith.cli.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;

/**
 * Which fault comes when, whom it hits and how long it lasts: all of it out of one seed, so that a schedule can be had
 * again. Every kind comes once before one comes twice, second faults apart. One thread.
 */
final class Schedule {

    /**
     * One fault.
     *
     * @param fault what
     * @param aim whom
     * @param die a number from 0 to 999, for what is chosen when it strikes
     * @param hold how long it lasts
     */
    record Blow(Fault fault, Aim aim, int die, Duration hold) {}

    /**
     * A fault, or two of which the second begins while the first lasts.
     *
     * @param second null for none
     * @param after how long after the first the second begins; shorter than the first lasts
     * @param gap how long it is calm afterwards, once everything works again
     */
    record Round(Blow first, @Nullable Blow second, Duration after, Duration gap) {}

    private static final int SECOND_PERCENT = 30;

    private final Random dice;
    private final List<Fault> faults;
    private final List<Fault> overlapping;
    private final Deque<Fault> left = new ArrayDeque<>();
    private final Map<String, Integer> turns = new HashMap<>();
    private boolean isLeadersTurn;

    /** @param overlaps whether there are second faults */
    Schedule(long seed, List<Fault> faults, boolean overlaps) {
        this.dice = new Random(seed);
        this.faults = List.copyOf(faults);
        this.overlapping = overlaps ? faults.stream().filter(Fault::overlaps).toList() : List.of();
        this.isLeadersTurn = dice.nextBoolean();
    }

    /** What comes next. */
    Round next() {
        if (left.isEmpty()) {
            var all = new ArrayList<>(faults);
            Collections.shuffle(all, dice);
            left.addAll(all);
        }
        Blow first = blow(left.remove());
        Blow second = second(first);
        Duration after = second == null
                ? Duration.ZERO
                : Duration.ofMillis(dice.nextLong(first.hold().toMillis()));
        return new Round(first, second, after, Duration.ofMillis(200L + dice.nextInt(800)));
    }

    private @Nullable Blow second(Blow first) {
        boolean wanted = dice.nextInt(100) < SECOND_PERCENT;
        var others = overlapping.stream()
                .filter(fault -> !fault.equals(first.fault()))
                .toList();
        boolean possible = first.fault().overlaps() && first.hold().toMillis() > 0 && !others.isEmpty();
        return wanted && possible ? blow(others.get(dice.nextInt(others.size()))) : null;
    }

    private Blow blow(Fault fault) {
        Aim aim = aim(fault);
        return new Blow(fault, aim, dice.nextInt(1_000), fault.hold(dice, aim));
    }

    /** In turn: also in a short run the leader and others are met. */
    private Aim aim(Fault fault) {
        List<Aim> aims = fault.aims();
        if (aims.contains(Aim.LEADER) && aims.size() > 1) {
            isLeadersTurn = !isLeadersTurn;
            if (isLeadersTurn) {
                return Aim.LEADER;
            }
            aims = aims.stream().filter(aim -> aim != Aim.LEADER).toList();
        }
        return aims.get(turns.merge(fault.word(), 1, Integer::sum) % aims.size());
    }
}
