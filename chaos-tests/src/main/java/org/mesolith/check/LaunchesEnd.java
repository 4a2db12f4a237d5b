package org.mesolith.check;

import java.util.List;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/** Every launch that was acknowledged has an end that its framework was told of, when the run is over. */
final class LaunchesEnd implements Checker {

    @Override
    public String claim() {
        return "every accepted launch has come to an end that was told";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        var updates = TaskStates.updates(history);
        for (History.Call call : history.calls("launch")) {
            if (!call.isOk()) {
                continue;
            }
            for (String task : call.invoke().fact("tasks").split(" ")) {
                List<HistoryEvent> told = updates.getOrDefault(call.invoke().process() + " " + task, List.of());
                problems.unless(
                        told.stream().anyMatch(update -> TaskStates.isTerminal(update.fact("state"))),
                        task + " was launched and its end never told; told was "
                                + told.stream()
                                        .map(update -> update.fact("state"))
                                        .toList());
            }
        }
        return problems.verdict(claim());
    }
}
