package org.mesolith.check;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.mesolith.check.history.History;
import org.mesolith.check.history.Pairs;
import org.mesolith.check.linear.Model;
import org.mesolith.check.linear.OpenWrites;
import org.mesolith.check.linear.Operation;
import org.mesolith.check.linear.Search;

/** What the checks of linearizability share: calls of a history as operations, and what is said of a search. */
final class Linear {
    /** Enough for thousands of operations of which a dozen overlap; a memory of some hundred MB at most. */
    private static final long STEPS_MAX = 1_000_000;

    private static final int SHOWN_MAX = 12;

    private Linear() {}

    /**
     * Calls as operations. One that certainly did not happen is none, nor is a read without an answer.
     *
     * @param fact that holds the table that was written or read
     */
    static List<Operation> operations(History history, String write, String read, String fact) {
        var operations = new ArrayList<Operation>();
        for (History.Call call : history.calls(write, read)) {
            boolean isWrite = call.invoke().name().equals(write);
            if (call.isFailed() || (!isWrite && call.isOpen())) {
                continue;
            }
            SortedMap<String, String> table = Pairs.of(isWrite ? call.invoke().fact(fact) : call.answer(fact));
            String process = call.invoke().process();
            long called = call.invoke().number();
            operations.add(
                    isWrite
                            ? Operation.write(process, table, called, call.returned())
                            : Operation.read(process, table, called, call.returned()));
        }
        return operations;
    }

    /** Searches, and says what came of it. */
    static <S> Verdict search(String claim, Model<S> model, List<Operation> operations) {
        return search(claim, model, operations, OpenWrites::bounded);
    }

    /** Searches each object by itself: all are linearizable if each is. */
    static <S> Verdict searchEach(
            String claim,
            SortedMap<String, List<Operation>> byObject,
            Function<String, Model<S>> model,
            UnaryOperator<List<Operation>> bounded) {
        var problems = new ArrayList<String>();
        var outcome = Verdict.Outcome.PASSED;
        long looked = 0;
        for (var object : byObject.entrySet()) {
            Verdict one = search(claim, model.apply(object.getKey()), object.getValue(), bounded);
            if (!one.isGreen() && outcome != Verdict.Outcome.FAILED) {
                outcome = one.outcome();
            }
            looked += one.looked();
            one.problems().forEach(problem -> problems.add(object.getKey() + ": " + problem));
        }
        return new Verdict(claim, outcome, looked, problems);
    }

    private static <S> Verdict search(
            String claim, Model<S> model, List<Operation> operations, UnaryOperator<List<Operation>> bounded) {
        var result = new Search<>(model, STEPS_MAX).run(bounded.apply(operations));
        return switch (result) {
            case Search.Result.Ordered _ -> new Verdict(claim, Verdict.Outcome.PASSED, operations.size(), List.of());
            case Search.Result.Unknown(var steps) ->
                new Verdict(
                        claim,
                        Verdict.Outcome.UNKNOWN,
                        operations.size(),
                        List.of("given up after " + steps + " steps: " + model));
            case Search.Result.Impossible(var shortest) ->
                new Verdict(claim, Verdict.Outcome.FAILED, operations.size(), List.of(picture(model, shortest)));
        };
    }

    /** The last operations of the shortest history that has no order; the answer that is too many comes last. */
    private static String picture(Object model, List<Operation> shortest) {
        var text = new StringBuilder("no order explains the last answer (")
                .append(model)
                .append("):");
        var byEnd = shortest.stream()
                .sorted(java.util.Comparator.comparingLong(
                        (Operation operation) -> operation.isOpen() ? operation.called() : operation.returned()))
                .toList();
        int from = Math.max(0, byEnd.size() - SHOWN_MAX);
        if (from > 0) {
            text.append("\n  … ").append(from).append(" before");
        }
        byEnd.subList(from, byEnd.size())
                .forEach(operation -> text.append("\n  ").append(operation));
        return text.toString();
    }
}
