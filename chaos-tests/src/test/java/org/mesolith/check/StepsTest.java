package org.mesolith.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.check.linear.Draining;
import org.mesolith.check.linear.Levels;
import org.mesolith.check.linear.Model;
import org.mesolith.check.linear.Operation;
import org.mesolith.check.linear.Search;

/** Runs of real reservations and drains under random concurrency have an order; with a wrong read they have none. */
final class StepsTest {
    private static final long STEPS_MAX = 1_000_000;
    private static final int ROUNDS = 150;

    /** What is really there, and what was done to it, each at its moment. */
    private static final class Run {
        private final Random dice;
        private final List<Operation> history = new ArrayList<>();
        private final SortedMap<String, String> marks = new TreeMap<>();
        private long moment = 100;

        Run(long seed) {
            this.dice = new Random(seed);
        }

        /** Each mark goes up and down by itself; one whose outcome nobody knows goes no further. */
        Run marks(int count) {
            long[] free = new long[count];
            int[] level = new int[count];
            boolean[] down = new boolean[count];
            for (int number = 0; number < 250; number++) {
                moment += 10;
                int owner = dice.nextInt(count);
                if (dice.nextInt(3) == 0 || free[owner] >= moment) {
                    long called = moment - 1 - dice.nextInt(40);
                    history.add(
                            Operation.read("r" + number, new TreeMap<>(marks), called, moment + 1 + dice.nextInt(40)));
                    continue;
                }
                boolean up = !down[owner] && level[owner] < 2;
                int to = level[owner] + (up ? 1 : -1);
                if (to < 0) {
                    continue;
                }
                step("m" + owner, level[owner], to, free, owner);
                level[owner] = to;
                down[owner] |= level[owner] == 2;
            }
            return this;
        }

        private void step(String mark, int from, int to, long[] free, int owner) {
            boolean open = dice.nextInt(12) == 0;
            boolean happens = !open || dice.nextBoolean();
            long called = Math.max(free[owner] + 1, moment - 1 - dice.nextInt(40));
            long returned = moment + 1 + dice.nextInt(40);
            free[owner] = open ? Long.MAX_VALUE : returned;
            if (happens) {
                if (to == 0) {
                    marks.remove(mark);
                } else {
                    marks.put(mark, Integer.toString(to));
                }
            }
            var step = new TreeMap<>(Map.of(mark, Levels.step(Integer.toString(from), Integer.toString(to))));
            history.add(Operation.write("o" + owner, step, called, open ? Operation.OPEN : returned));
        }

        Run drains() {
            String state = "ACTIVE";
            for (int number = 0; number < 150; number++) {
                moment += 50;
                if (state.equals("DRAINING") && dice.nextBoolean()) {
                    state = "DRAINED";
                }
                if (dice.nextInt(3) > 0) {
                    history.add(Operation.read(
                            "r",
                            new TreeMap<>(Map.of(Draining.KEY, state)),
                            moment - 1 - dice.nextInt(40),
                            moment + 1 + dice.nextInt(40)));
                    continue;
                }
                String order = state.equals("ACTIVE") ? (dice.nextBoolean() ? "drain" : "deactivate") : "reactivate";
                if (state.equals("DRAINING")) {
                    continue;
                }
                state = order.equals("drain") ? "DRAINING" : order.equals("deactivate") ? "DEACTIVATED" : "ACTIVE";
                history.add(Operation.write(
                        "o",
                        new TreeMap<>(Map.of(Draining.KEY, order)),
                        moment - 1 - dice.nextInt(20),
                        moment + 1 + dice.nextInt(20)));
            }
            return this;
        }
    }

    private static <S> Search.Result search(Model<S> model, List<Operation> history) {
        return new Search<>(model, STEPS_MAX).run(history);
    }

    @Test
    void reservationsThatWereReallyMadeHaveAnOrderAlsoWithBounds() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            var history = new Run(seed).marks(6).history;

            assertThat(search(new Levels(), LinearizableReservations.bounded(history)))
                    .as("seed %d", seed)
                    .isInstanceOf(Search.Result.Ordered.class);
        }
    }

    @Test
    void aMarkThatNobodyEverMadeHasNoOrder() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            var run = new Run(seed).marks(6);
            var shown = new TreeMap<>(run.marks);
            shown.put("made-up", "1");
            run.history.add(Operation.read("x", shown, run.moment + 100, run.moment + 101));

            assertThat(search(new Levels(), LinearizableReservations.bounded(run.history)))
                    .as("seed %d", seed)
                    .isInstanceOf(Search.Result.Impossible.class);
        }
    }

    @Test
    void drainsThatReallyWentForwardHaveAnOrderAndOnesThatGoBackHaveNone() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            var run = new Run(seed).drains();
            assertThat(search(new Draining(), run.history))
                    .as("seed %d", seed)
                    .isInstanceOf(Search.Result.Ordered.class);

            long end = run.moment + 1_000;
            run.history.add(order("drain", end));
            run.history.add(read("DRAINED", end + 2));
            run.history.add(read("DRAINING", end + 4));
            assertThat(search(new Draining(), run.history))
                    .as("seed %d", seed)
                    .isInstanceOf(Search.Result.Impossible.class);
        }
    }

    private static Operation order(String order, long at) {
        return Operation.write("x", new TreeMap<>(Map.of(Draining.KEY, order)), at, at + 1);
    }

    private static Operation read(String state, long at) {
        return Operation.read("x", new TreeMap<>(Map.of(Draining.KEY, state)), at, at + 1);
    }
}
