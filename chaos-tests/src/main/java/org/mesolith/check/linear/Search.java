package org.mesolith.check.linear;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The search of Wing and Gong for an order of operations that a model could have gone through, with Lowe's list and
 * memory: a pair of what is done and the state is entered once only. Operations without an end may be left out.
 *
 * @param <S> state of the model
 */
public final class Search<S> {

    /** What was found. */
    public sealed interface Result {
        /** There is an order; this one. */
        record Ordered(List<Operation> order) implements Result {}

        /**
         * There is none.
         *
         * @param shortest what was known when the first answer came that allows no order; what ended later is open
         */
        record Impossible(List<Operation> shortest) implements Result {}

        /** The budget was used up before either was known. */
        record Unknown(long steps) implements Result {}
    }

    private final Model<S> model;
    private final long stepsMax;

    /**
     * A search.
     *
     * @param stepsMax operations that are tried, in one search
     */
    public Search(Model<S> model, long stepsMax) {
        this.model = model;
        this.stepsMax = stepsMax;
    }

    /** Looks for an order; when there is none, for the shortest beginning that has none. */
    public Result run(List<Operation> operations) {
        Result whole = new Attempt<>(model, operations, stepsMax).run();
        return whole instanceof Result.Impossible ? new Result.Impossible(shortest(operations)) : whole;
    }

    /** What no order allows, no longer history allows: so the first answer too many is found by halving. */
    private List<Operation> shortest(List<Operation> operations) {
        long[] ends = operations.stream()
                .filter(operation -> !operation.isOpen())
                .mapToLong(Operation::returned)
                .sorted()
                .toArray();
        int low = 0;
        int high = ends.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            // One whose budget is used up counts as possible: the beginning is then longer than need be, and still
            // one without an order.
            if (new Attempt<>(model, until(operations, ends[middle]), stepsMax).run() instanceof Result.Impossible) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return until(operations, ends[high]);
    }

    /** What was known at a moment: a read without its answer is nothing, a write without it is open. */
    static List<Operation> until(List<Operation> operations, long end) {
        return operations.stream()
                .filter(operation -> operation.called() < end && (operation.isWrite() || operation.returned() <= end))
                .map(operation -> operation.returned() > end ? operation.until(Operation.OPEN) : operation)
                .toList();
    }

    /** A line of the list: a call or a return, linked to its neighbours while its operation is not done. */
    private static final class Line {
        private final int operation;
        private final boolean isCall;
        private final long at;
        private @Nullable Line match;
        private @Nullable Line before;
        private @Nullable Line after;

        Line(int operation, boolean isCall, long at) {
            this.operation = operation;
            this.isCall = isCall;
            this.at = at;
        }

        void out() {
            if (before != null) {
                before.after = after;
            }
            if (after != null) {
                after.before = before;
            }
        }

        void in() {
            if (before != null) {
                before.after = this;
            }
            if (after != null) {
                after.before = this;
            }
        }
    }

    /** What is done, without the beginning of which all is done, and the state. */
    private record Entered<S>(int full, LongList done, S state) {}

    private record LongList(long[] words) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof LongList(var others) && Arrays.equals(words, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(words);
        }
    }

    private static final class Attempt<S> {
        private final Model<S> model;
        private final List<Operation> operations;
        private final long stepsMax;
        private final Line head = new Line(-1, true, Long.MIN_VALUE);
        private final Set<Entered<S>> entered = new HashSet<>();
        private final ArrayDeque<Done<S>> done = new ArrayDeque<>();
        private final BitSet isDone = new BitSet();
        private int missing;
        private long steps;

        private record Done<S>(Line call, S before) {}

        Attempt(Model<S> model, List<Operation> operations, long stepsMax) {
            this.model = model;
            this.operations = operations.stream()
                    .sorted(Comparator.comparingLong(Operation::called))
                    .toList();
            this.stepsMax = stepsMax;
            link();
        }

        private void link() {
            var lines = new ArrayList<Line>();
            for (int index = 0; index < operations.size(); index++) {
                Operation operation = operations.get(index);
                var call = new Line(index, true, operation.called());
                lines.add(call);
                if (!operation.isOpen()) {
                    var end = new Line(index, false, operation.returned());
                    call.match = end;
                    lines.add(end);
                    missing++;
                }
            }
            // A call at the moment of a return comes first: then the two overlap, as they may have.
            lines.sort(Comparator.comparingLong((Line line) -> line.at).thenComparing(line -> line.isCall ? 0 : 1));
            Line last = head;
            for (Line line : lines) {
                last.after = line;
                line.before = last;
                last = line;
            }
        }

        Result run() {
            S state = model.initial();
            Line line = head.after;
            while (missing > 0) {
                if (line != null && line.isCall) {
                    if (++steps > stepsMax) {
                        return new Result.Unknown(stepsMax);
                    }
                    S next = model.next(state, operations.get(line.operation));
                    if (next != null && enter(line.operation, next)) {
                        done.push(new Done<>(line, state));
                        lift(line);
                        state = next;
                        line = head.after;
                    } else {
                        line = line.after;
                    }
                } else if (done.isEmpty()) {
                    return new Result.Impossible(operations);
                } else {
                    Done<S> last = done.pop();
                    state = last.before();
                    putBack(last.call());
                    line = last.call().after;
                }
            }
            var order = new ArrayList<Operation>();
            done.descendingIterator().forEachRemaining(one -> order.add(operations.get(one.call().operation)));
            return new Result.Ordered(order);
        }

        /** False if it was there before: nothing new can come of it. */
        private boolean enter(int operation, S state) {
            isDone.set(operation);
            int full = isDone.nextClearBit(0) / Long.SIZE;
            long[] words = isDone.toLongArray();
            var rest = new LongList(Arrays.copyOfRange(words, Math.min(full, words.length), words.length));
            boolean isNew = entered.add(new Entered<>(full, rest, state));
            if (!isNew) {
                isDone.clear(operation);
            }
            return isNew;
        }

        private void lift(Line call) {
            call.out();
            if (call.match != null) {
                call.match.out();
                missing--;
            }
        }

        private void putBack(Line call) {
            isDone.clear(call.operation);
            if (call.match != null) {
                call.match.in();
                missing++;
            }
            call.in();
        }
    }
}
