package org.mesolith.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/**
 * What an agent tells of a task comes in its order: a task never goes back, and once a later update came an earlier one
 * is not sent again.
 */
final class UpdatesAreInOrder implements Checker {

    @Override
    public String claim() {
        return "updates of a task come in order";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        TaskStates.updates(history).forEach((task, updates) -> check(task, updates, problems));
        return problems.verdict(claim());
    }

    private static void check(String task, List<HistoryEvent> updates, Problems problems) {
        int reached = -1;
        String newest = "";
        Set<String> passed = new HashSet<>();
        for (HistoryEvent update : updates) {
            String state = update.fact("state");
            String name = update.fact("uuid");
            int rank = TaskStates.rank(state);
            problems.unless(
                    rank < 0 || rank >= reached, task + " went back to " + state + " at line " + update.number());
            reached = Math.max(reached, rank);
            if (name.isEmpty()) {
                continue;
            }
            problems.unless(
                    !passed.contains(name),
                    task + ": the update " + name + " (" + state + ") came again after a later one");
            if (!name.equals(newest) && !newest.isEmpty()) {
                passed.add(newest);
            }
            newest = name;
        }
    }
}
