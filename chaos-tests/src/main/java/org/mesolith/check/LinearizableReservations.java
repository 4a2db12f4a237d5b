package org.mesolith.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.check.history.History;
import org.mesolith.check.history.Pairs;
import org.mesolith.check.linear.Levels;
import org.mesolith.check.linear.Operation;

/**
 * What is reserved of an agent for a role is one object: marks at levels. Several operators reserve, refine and give
 * back, each its own marks; every read shows all marks. A step whose outcome nobody knows is the last of its mark.
 */
final class LinearizableReservations implements Checker {
    private static final String MARKS = "marks:";

    @Override
    public String claim() {
        return "what is reserved of an agent for a role is linearizable";
    }

    @Override
    public Verdict check(History history) {
        SortedMap<String, List<Operation>> byKey = new TreeMap<>();
        for (History.Call call : history.calls("reserve-set")) {
            var invoke = call.invoke();
            List<Operation> ofKey = byKey.computeIfAbsent(invoke.fact("key"), _ -> new ArrayList<>());
            if (!call.isFailed()) {
                var step = Levels.step(invoke.fact("from"), invoke.fact("to"));
                ofKey.add(Operation.write(
                        invoke.process(),
                        new TreeMap<>(Map.of(invoke.fact("mark"), step)),
                        invoke.number(),
                        call.returned()));
            }
        }
        for (History.Call call : history.calls("agents-get")) {
            var answer = call.end();
            if (call.isOk() && answer != null) {
                answer.facts().forEach((fact, value) -> {
                    List<Operation> ofKey = fact.startsWith(MARKS) ? byKey.get(fact.substring(MARKS.length())) : null;
                    if (ofKey != null) {
                        ofKey.add(Operation.read(
                                answer.process(), Pairs.of(value), call.invoke().number(), call.returned()));
                    }
                });
            }
        }
        return Linear.searchEach(claim(), byKey, _ -> new Levels(), LinearizableReservations::bounded);
    }

    /**
     * Steps without an end are bounded where reads tell, as {@link org.mesolith.check.linear.OpenWrites} does: one that
     * no read after it can have seen may be left out; one that a read saw for certain came before the end of that read.
     */
    static List<Operation> bounded(List<Operation> operations) {
        Map<String, Long> returned = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.isWrite() && !operation.isOpen()) {
                returned.merge(operation.writes().firstKey(), operation.returned(), Math::max);
            }
        }
        var bounded = new ArrayList<Operation>();
        for (Operation operation : operations) {
            if (!operation.isWrite() || !operation.isOpen()) {
                bounded.add(operation);
                continue;
            }
            String mark = operation.writes().firstKey();
            String to = Levels.to(operation.writes().getOrDefault(mark, Levels.step(Levels.NONE, Levels.NONE)));
            var seeing = operations.stream()
                    .filter(read -> !read.isWrite()
                            && read.returned() > operation.called()
                            && read.reads().getOrDefault(mark, Levels.NONE).equals(to))
                    .toList();
            // A read that began before the step before it was over may have seen what was there even earlier.
            long since = returned.getOrDefault(mark, Long.MIN_VALUE);
            long until = seeing.stream()
                    .filter(read -> read.called() > since)
                    .mapToLong(Operation::returned)
                    .min()
                    .orElse(Operation.OPEN);
            if (!seeing.isEmpty()) {
                bounded.add(operation.until(until));
            }
        }
        return bounded;
    }
}
