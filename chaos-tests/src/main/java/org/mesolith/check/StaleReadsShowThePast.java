package org.mesolith.check;

import java.util.HashMap;
import java.util.Map;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * A stale read may show something old, but nothing that never was: only what was written by a call that had begun
 * before the read ended and was not refused. And reads of one index of the log show the same, at every master and
 * whenever.
 */
final class StaleReadsShowThePast implements Checker {

    @Override
    public String claim() {
        return "stale reads show what was there once, and reads at one index show the same everywhere";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, History.Call> writes = new HashMap<>();
        history.calls("schedule-set").forEach(call -> writes.put(call.invoke().fact("schedule"), call));
        Map<String, HistoryEvent> byIndex = new HashMap<>();
        for (History.Call call : history.calls("schedule-get", "schedule-look")) {
            HistoryEvent answer = call.end();
            if (!call.isOk() || answer == null) {
                continue;
            }
            String shown = answer.fact("schedule");
            History.Call by = writes.get(shown);
            problems.unless(
                    shown.isEmpty()
                            || (by != null && !by.isFailed() && by.invoke().number() < answer.number()),
                    "line " + answer.number() + ": " + answer.fact("at") + " shows " + shown
                            + (by == null ? ", which nobody wrote" : ", which was refused or not yet written"));
            HistoryEvent other = byIndex.putIfAbsent(answer.fact("index"), answer);
            problems.unless(
                    other == null || other.fact("schedule").equals(shown),
                    "at index " + answer.fact("index") + " " + answer.fact("at") + " shows \"" + shown + "\" and "
                            + (other == null ? "" : other.fact("at") + " \"" + other.fact("schedule") + "\""));
        }
        return problems.verdict(claim());
    }
}
