package org.mesolith.check;

import java.util.HashMap;
import java.util.Map;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;
import org.mesolith.check.history.Pairs;

/**
 * Each acknowledged write stands once in the events that every master tells at the end; one that was refused stands
 * nowhere; one of which nobody knows stands there once at most.
 */
final class WritesAreToldOnce implements Checker {

    @Override
    public String claim() {
        return "each acknowledged write is told once, each refused one never";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, Map<String, Integer>> toldAt = new HashMap<>();
        history.seen("told")
                .filter(event -> event.process().startsWith(AcknowledgedWritesStay.FINAL))
                .forEach(event -> toldAt.computeIfAbsent(event.fact("at"), _ -> new HashMap<>())
                        .merge(mark(event), 1, Integer::sum));
        for (History.Call call : history.calls("weights-set", "quota-set")) {
            boolean isWeight = call.invoke().name().equals("weights-set");
            String kind = isWeight ? "weight_updated" : "quota_updated";
            Pairs.of(call.invoke().fact(isWeight ? "weights" : "limits"))
                    .forEach((role, value) -> toldAt.forEach((master, told) -> {
                        int times = told.getOrDefault(kind + " " + role + "=" + value, 0);
                        boolean right = call.isOk() ? times == 1 : call.isFailed() ? times == 0 : times <= 1;
                        problems.unless(
                                right,
                                master + " tells " + times + " times of " + role + "=" + value + ", but: "
                                        + (call.end() == null ? call.invoke() : call.end()));
                    }));
        }
        if (toldAt.isEmpty() && !history.calls("weights-set", "quota-set").isEmpty()) {
            problems.add("no master told its events at the end");
        }
        return problems.verdict(claim());
    }

    private static String mark(HistoryEvent event) {
        return event.fact("kind") + " " + event.fact("subject") + "=" + event.fact("value");
    }
}
