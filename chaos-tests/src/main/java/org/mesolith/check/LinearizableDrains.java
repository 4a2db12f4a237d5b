package org.mesolith.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.check.history.History;
import org.mesolith.check.linear.Draining;
import org.mesolith.check.linear.Operation;

/**
 * How far an agent is with its drain is one object: ordered by an operator or a plan, it goes forward by itself, never
 * back, also when another master leads; what is shown is shown to everybody from then on.
 */
final class LinearizableDrains implements Checker {
    private static final String STATE = "state:";

    @Override
    public String claim() {
        return "drains of an agent are linearizable, and only go forward";
    }

    @Override
    public Verdict check(History history) {
        SortedMap<String, List<Operation>> byAgent = new TreeMap<>();
        for (History.Call call : history.calls("drain-set")) {
            var invoke = call.invoke();
            List<Operation> ofAgent = byAgent.computeIfAbsent(invoke.fact("agent"), _ -> new ArrayList<>());
            if (!call.isFailed()) {
                ofAgent.add(Operation.write(
                        invoke.process(),
                        new TreeMap<>(Map.of(Draining.KEY, invoke.fact("step"))),
                        invoke.number(),
                        call.returned()));
            }
        }
        for (History.Call call : history.calls("agents-get")) {
            var answer = call.end();
            if (call.isOk() && answer != null) {
                answer.facts().forEach((fact, state) -> {
                    List<Operation> shown = fact.startsWith(STATE) ? byAgent.get(fact.substring(STATE.length())) : null;
                    if (shown != null) {
                        shown.add(Operation.read(
                                answer.process(),
                                new TreeMap<>(Map.of(Draining.KEY, state)),
                                call.invoke().number(),
                                call.returned()));
                    }
                });
            }
        }
        return Linear.searchEach(claim(), byAgent, _ -> new Draining(), operations -> operations);
    }
}
