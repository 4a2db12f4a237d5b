package org.mesolith.check;

import java.util.HashMap;
import java.util.Map;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/** Whoever reads linearizably, now at this master, now at that one, never sees an older index of the log again. */
final class IndexOnlyGrows implements Checker {

    @Override
    public String claim() {
        return "the index that a client sees only grows, from master to master";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, HistoryEvent> newest = new HashMap<>();
        for (History.Call call : history.calls("weights-get", "quota-get")) {
            HistoryEvent answer = call.end();
            if (!call.isOk() || answer == null) {
                continue;
            }
            HistoryEvent before = newest.put(answer.process(), answer);
            problems.unless(
                    before == null || before.number("index") <= answer.number("index"),
                    answer.process() + " saw index "
                            + (before == null ? "" : before.fact("index") + " at " + before.fact("at")) + " and then "
                            + answer.fact("index") + " at " + answer.fact("at"));
        }
        return problems.verdict(claim());
    }
}
