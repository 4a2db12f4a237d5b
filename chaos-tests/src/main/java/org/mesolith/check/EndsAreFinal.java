package org.mesolith.check;

import java.util.List;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/** After the end of a task nothing else is told of it than this end. */
final class EndsAreFinal implements Checker {

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
            // Without a name it is an answer to a question, and a master may have forgotten what has ended.
            boolean forgotten = update.fact("uuid").isEmpty() && state.equals("TASK_UNKNOWN");
            problems.unless(
                    end.isEmpty() || state.equals(end) || forgotten, task + " was " + end + " and then " + state);
            if (TaskStates.isTerminal(state) && end.isEmpty()) {
                end = state;
            }
        }
    }
}
