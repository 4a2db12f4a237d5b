package org.mesolith.check;

import java.util.HashMap;
import java.util.Map;
import org.mesolith.check.history.History;

/**
 * A task that was launched is started once at most, whatever became of the call; one whose launch was certainly not
 * carried out is never started; one that finished was started.
 */
final class LaunchesRunOnce implements Checker {

    @Override
    public String claim() {
        return "a task is started once at most, and not at all if its launch was refused";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<String, Long> starts = new HashMap<>();
        history.seen("ran").forEach(event -> starts.merge(event.fact("task"), event.number("times"), Long::sum));
        Map<String, History.Call> launches = new HashMap<>();
        for (History.Call call : history.calls("launch")) {
            for (String task : call.invoke().fact("tasks").split(" ")) {
                launches.put(task, call);
                long times = starts.getOrDefault(task, 0L);
                problems.unless(times <= 1, task + " was started " + times + " times");
                problems.unless(times == 0 || !call.isFailed(), task + " was started although its launch was refused");
            }
        }
        starts.keySet()
                .forEach(task ->
                        problems.unless(launches.containsKey(task), task + " was started and nobody had launched it"));
        // Where nobody can read what tasks write, nobody knows of their starts.
        boolean isWritten = !history.setting("marks").equals("none");
        history.seen("update")
                .filter(event -> isWritten && event.fact("state").equals("TASK_FINISHED"))
                .forEach(event -> problems.unless(
                        starts.getOrDefault(event.fact("task"), 0L) >= 1,
                        event.fact("task") + " is said to have finished and was never started"));
        return problems.verdict(claim());
    }
}
