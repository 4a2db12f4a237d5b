package org.mesolith.check.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.check.linear.Search.Result;

/** The search against one that tries every order, on all small histories and on random ones. */
final class SearchTest {
    private static final String KEY = "k";
    private static final Register MODEL = new Register(KEY, "");
    private static final long STEPS_MAX = 1_000_000;

    /** What an operation of a small history may be: a write of one of two values, or a read of one of three. */
    private static final List<String> KINDS = List.of("w1", "w2", "r", "r1", "r2");

    @Test
    void itIsAsRightAsTryingEveryOrderOnAllHistoriesOfThree() {
        int impossible = 0;
        int looked = 0;
        for (List<long[]> spans : spans(3)) {
            for (int kinds = 0; kinds < 125; kinds++) {
                for (int open = 0; open < 8; open++) {
                    List<Operation> history = history(spans, kinds, open);
                    boolean wanted = byBruteForce(history);
                    assertThat(search(history)).as("%s", history).isEqualTo(wanted);
                    impossible += wanted ? 0 : 1;
                    looked++;
                }
            }
        }
        assertThat(looked).isEqualTo(15 * 125 * 8);
        assertThat(impossible).isBetween(1_000, looked - 1_000);
    }

    @Test
    void itIsAsRightAsTryingEveryOrderOnAllHistoriesOfFour() {
        int impossible = 0;
        int looked = 0;
        for (List<long[]> spans : spans(4)) {
            for (int kinds = 0; kinds < 625; kinds++) {
                for (int open = 0; open < 16; open++) {
                    if ((open & ~writes(kinds, 4)) != 0) {
                        continue; // A read without its answer is nothing.
                    }
                    List<Operation> history = history(spans, kinds, open);
                    boolean wanted = byBruteForce(history);
                    assertThat(search(history)).as("%s", history).isEqualTo(wanted);
                    impossible += wanted ? 0 : 1;
                    looked++;
                }
            }
        }
        // Each of the four is one of two writes, with or without an end, or one of three reads.
        assertThat(looked).isEqualTo(105 * 7 * 7 * 7 * 7);
        assertThat(impossible).isBetween(10_000, looked - 10_000);
    }

    /** Which operations of a history of these kinds are writes, as bits. */
    private static int writes(int kinds, int count) {
        int bits = 0;
        int rest = kinds;
        for (int number = 0; number < count; number++) {
            bits |= KINDS.get(rest % KINDS.size()).startsWith("w") ? 1 << number : 0;
            rest /= KINDS.size();
        }
        return bits;
    }

    @Test
    void itIsAsRightAsTryingEveryOrderOnRandomSwapsAlsoWithBounds() {
        var dice = new Random(20261123);
        var model = new Swap(KEY, "");
        int impossible = 0;
        for (int round = 0; round < 20_000; round++) {
            List<Operation> history = randomSwaps(dice, 5);
            boolean wanted = byBruteForce(model, history);
            assertThat(search(model, history)).as("%s", history).isEqualTo(wanted);
            assertThat(search(model, OpenWrites.bounded(history)))
                    .as("with bounds: %s", history)
                    .isEqualTo(wanted);
            impossible += wanted ? 0 : 1;
        }
        assertThat(impossible).isBetween(2_000, 19_000);
    }

    /** Writes of values that are written once, some of which replace a value that they name, and reads. */
    private static List<Operation> randomSwaps(Random dice, int count) {
        var history = new ArrayList<Operation>();
        for (int number = 0; number < count; number++) {
            long called = dice.nextInt(30) * 100L + number;
            long returned = called + 100L * (1 + dice.nextInt(20));
            String other = dice.nextInt(4) == 0 ? "" : "v" + dice.nextInt(count);
            var expected = new TreeMap<String, String>();
            if (dice.nextBoolean()) {
                if (dice.nextBoolean()) {
                    expected.put(KEY, other);
                }
                long end = dice.nextInt(4) == 0 ? Operation.OPEN : returned;
                history.add(new Operation("p" + number, table("v" + number), expected, called, end));
            } else {
                expected.put(KEY, other);
                history.add(Operation.read("p" + number, expected, called, returned));
            }
        }
        return history;
    }

    @Test
    void itIsAsRightAsTryingEveryOrderOnRandomTables() {
        var dice = new Random(20261122);
        int impossible = 0;
        for (int round = 0; round < 3_000; round++) {
            List<Operation> history = randomTable(dice, 5);
            boolean wanted = byBruteForce(new Table(), history);
            assertThat(search(new Table(), history)).as("%s", history).isEqualTo(wanted);
            assertThat(search(new Table(), OpenWrites.bounded(history)))
                    .as("with bounds: %s", history)
                    .isEqualTo(wanted);
            impossible += wanted ? 0 : 1;
        }
        assertThat(impossible).isBetween(500, 2_500);
    }

    @Test
    void itAcceptsEveryRunThatWasReallySequential() {
        for (long seed = 0; seed < 200; seed++) {
            List<Operation> history = sequential(new Random(seed), 400, 8);

            assertThat(new Search<>(MODEL, STEPS_MAX).run(OpenWrites.bounded(history)))
                    .as("seed %d", seed)
                    .isInstanceOf(Result.Ordered.class);
        }
    }

    @Test
    void itFindsAStaleReadInALongRunAndShowsNothingBehindIt() {
        for (long seed = 0; seed < 50; seed++) {
            var dice = new Random(seed);
            var history = new ArrayList<>(sequential(dice, 300, 5));
            long end = 1_000_000;
            history.add(Operation.write("x", table("last"), end, end + 1));
            history.add(Operation.read("y", table("last"), end + 2, end + 3));
            history.add(Operation.read("z", table("stale-" + seed), end + 4, end + 5));
            history.addAll(later(end + 10));

            var result = new Search<>(MODEL, STEPS_MAX).run(OpenWrites.bounded(history));

            assertThat(result).isInstanceOf(Result.Impossible.class);
            var shortest = ((Result.Impossible) result).shortest();
            assertThat(shortest).allMatch(operation -> operation.called() < end + 5);
            assertThat(shortest).anyMatch(operation -> operation.process().equals("z"));
        }
    }

    @Test
    void whatIsReadBeforeItWasWrittenHasNoOrderAlsoWithBounds() {
        var history =
                List.of(Operation.read("a", table("1"), 1, 2), Operation.write("b", table("1"), 3, Operation.OPEN));

        assertThat(search(MODEL, OpenWrites.bounded(history))).isFalse();
    }

    @Test
    void aBudgetThatIsUsedUpIsNoVerdict() {
        var history = sequential(new Random(1), 50, 5);

        assertThat(new Search<>(MODEL, 10).run(history)).isEqualTo(new Result.Unknown(10));
    }

    @Test
    void theOrderThatIsFoundIsOneThatTheModelCanGo() {
        List<Operation> history = sequential(new Random(7), 200, 6);

        var order = ((Result.Ordered) new Search<>(MODEL, STEPS_MAX).run(history)).order();

        assertThat(goes(MODEL, order)).isTrue();
        assertThat(order)
                .containsAll(history.stream().filter(one -> !one.isOpen()).toList());
    }

    // ---- histories

    /** Every way in which so many operations can overlap; each is a call and a return, called in order. */
    private static List<List<long[]>> spans(int count) {
        var all = new ArrayList<List<long[]>>();
        spans(count, new ArrayList<>(), new ArrayList<>(), all);
        return all;
    }

    private static void spans(int count, List<Integer> open, List<Integer> line, List<List<long[]>> all) {
        int called = (int) line.stream().filter(step -> step >= 0).count();
        if (line.size() == 2 * count) {
            var spans = new ArrayList<long[]>();
            for (int number = 0; number < count; number++) {
                spans.add(new long[] {line.indexOf(number), line.indexOf(-1 - number)});
            }
            all.add(spans);
            return;
        }
        if (called < count) {
            open.add(called);
            line.add(called);
            spans(count, open, line, all);
            line.removeLast();
            open.removeLast();
        }
        for (Integer number : List.copyOf(open)) {
            var others = new ArrayList<>(open);
            others.remove(number);
            line.add(-1 - number);
            spans(count, others, line, all);
            line.removeLast();
        }
    }

    private static List<Operation> history(List<long[]> spans, int kinds, int open) {
        var history = new ArrayList<Operation>();
        int rest = kinds;
        for (int number = 0; number < spans.size(); number++) {
            String kind = KINDS.get(rest % KINDS.size());
            rest /= KINDS.size();
            boolean isWrite = kind.startsWith("w");
            long called = spans.get(number)[0];
            boolean isOpen = isWrite && (open & (1 << number)) != 0;
            long returned = isOpen ? Operation.OPEN : spans.get(number)[1];
            var table = table(kind.substring(1));
            history.add(
                    isWrite
                            ? Operation.write("p" + number, table, called, returned)
                            : Operation.read("p" + number, table, called, returned));
        }
        return history;
    }

    private static SortedMap<String, String> table(String value) {
        var table = new TreeMap<String, String>();
        if (!value.isEmpty()) {
            table.put(KEY, value);
        }
        return table;
    }

    /** Operations on two keys, with values that are written once; what a read shows is a guess. */
    private static List<Operation> randomTable(Random dice, int count) {
        var history = new ArrayList<Operation>();
        for (int number = 0; number < count; number++) {
            long called = dice.nextInt(30);
            long returned = called + 1 + dice.nextInt(20);
            var values = new TreeMap<String, String>();
            if (dice.nextBoolean()) {
                values.put("a", "v" + number);
                if (dice.nextBoolean()) {
                    values.put("b", "v" + number);
                }
                history.add(Operation.write(
                        "p" + number,
                        values,
                        called * 100 + number,
                        dice.nextInt(4) == 0 ? Operation.OPEN : returned * 100 + number));
            } else {
                for (String key : List.of("a", "b")) {
                    var written = history.stream()
                            .filter(before -> before.writes().containsKey(key))
                            .toList();
                    if (!written.isEmpty() && dice.nextInt(4) != 0) {
                        values.put(
                                key,
                                written.get(dice.nextInt(written.size()))
                                        .writes()
                                        .get(key));
                    }
                }
                history.add(Operation.read("p" + number, values, called * 100 + number, returned * 100 + number));
            }
        }
        return history;
    }

    /** A run of a real register: each operation takes effect at a moment between its call and its return. */
    private static List<Operation> sequential(Random dice, int count, int processes) {
        var history = new ArrayList<Operation>();
        long[] free = new long[processes];
        String value = "";
        long moment = 10;
        for (int number = 0; number < count; number++) {
            moment += 10;
            int process = dice.nextInt(processes);
            if (free[process] >= moment - 1) {
                continue;
            }
            long called = Math.max(free[process] + 1, moment - dice.nextInt(60));
            called = Math.min(called, moment - 1);
            long returned = moment + 1 + dice.nextInt(60);
            free[process] = returned;
            if (dice.nextInt(3) == 0) {
                boolean happened = dice.nextInt(6) != 0;
                boolean isOpen = !happened || dice.nextInt(5) == 0;
                value = happened ? "v" + number : value;
                history.add(Operation.write(
                        "p" + process, table("v" + number), called, isOpen ? Operation.OPEN : returned));
            } else {
                history.add(Operation.read("p" + process, table(value), called, returned));
            }
        }
        return history;
    }

    private static List<Operation> later(long from) {
        return IntStream.range(0, 20)
                .mapToObj(number ->
                        Operation.write("l", table("later-" + number), from + 2L * number, from + 2L * number + 1))
                .toList();
    }

    // ---- the search that is certainly right

    private static boolean search(List<Operation> history) {
        return search(MODEL, history);
    }

    private static <S> boolean search(Model<S> model, List<Operation> history) {
        return switch (new Search<>(model, STEPS_MAX).run(history)) {
            case Result.Ordered _ -> true;
            case Result.Impossible _ -> false;
            case Result.Unknown unknown -> throw new AssertionError(unknown);
        };
    }

    private static boolean byBruteForce(List<Operation> history) {
        return byBruteForce(MODEL, history);
    }

    private static <S> boolean byBruteForce(Model<S> model, List<Operation> history) {
        return tryAll(model, history, new ArrayList<>());
    }

    private static <S> boolean tryAll(Model<S> model, List<Operation> left, List<Operation> order) {
        if (left.stream().allMatch(Operation::isOpen) && goes(model, order)) {
            return true;
        }
        for (Operation next : left) {
            // Nothing that is left ended before it was called.
            if (left.stream().allMatch(other -> other.returned() > next.called())) {
                var rest = new ArrayList<>(left);
                rest.remove(next);
                order.add(next);
                boolean found = tryAll(model, rest, order);
                order.removeLast();
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    private static <S> boolean goes(Model<S> model, List<Operation> order) {
        @Nullable S state = model.initial();
        for (Operation operation : order) {
            if (state == null) {
                return false;
            }
            state = model.next(state, operation);
        }
        return state != null;
    }
}
