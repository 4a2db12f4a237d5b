package org.mesolith.check;

import java.util.List;
import java.util.Set;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * After the end of a task nothing else is told of it than this end. Only who asks (RECONCILE) when that is acknowledged
 * already may read that the masters do not have it any more: TASK_GONE where its agent is there, else TASK_UNKNOWN.
 */
final class EndsAreFinal implements Checker {
    private static final Set<String> FORGOTTEN = Set.of("TASK_GONE", "TASK_UNKNOWN");

    @Override
    public String claim() {
        return "a task that has ended stays ended, in the same way";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        TaskStates.updates(history).forEach((task, updates) -> check(task, updates, problems));
        return problems.verdict(claim());
    }

    private static void check(String task, List<HistoryEvent> updates, Problems problems) {
        String end = "";
        for (HistoryEvent update : updates) {
            String state = update.fact("state");
            boolean answer = update.fact("uuid").isEmpty()
                    && update.fact("reason").equals("REASON_RECONCILIATION")
                    && update.fact("source").equals("SOURCE_MASTER");
            boolean forgotten = answer && FORGOTTEN.contains(state);
            problems.unless(
                    end.isEmpty() || state.equals(end) || forgotten, task + " was " + end + " and then " + state);
            if (TaskStates.isTerminal(state) && end.isEmpty()) {
                end = state;
            }
        }
    }
}
