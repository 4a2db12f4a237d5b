package org.mesolith.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;

/** What the states of tasks mean, and what each framework was told of each of its tasks. */
final class TaskStates {
    private static final Set<String> TERMINAL = Set.of(
            "TASK_FINISHED",
            "TASK_FAILED",
            "TASK_KILLED",
            "TASK_ERROR",
            "TASK_LOST",
            "TASK_DROPPED",
            "TASK_GONE",
            "TASK_GONE_BY_OPERATOR");

    private TaskStates() {}

    static boolean isTerminal(String state) {
        return TERMINAL.contains(state);
    }

    /** How far a task has come; -1 for what says nothing of that: unreachable, unknown. */
    static int rank(String state) {
        return switch (state) {
            case "TASK_STAGING" -> 0;
            case "TASK_STARTING" -> 1;
            case "TASK_RUNNING" -> 2;
            case "TASK_KILLING" -> 3;
            default -> isTerminal(state) ? 4 : -1;
        };
    }

    /** Updates by task, in the order in which they came. */
    static Map<String, List<HistoryEvent>> updates(History history) {
        Map<String, List<HistoryEvent>> byTask = new LinkedHashMap<>();
        history.seen("update")
                .forEach(event -> byTask.computeIfAbsent(
                                event.process() + " " + event.fact("task"), _ -> new ArrayList<>())
                        .add(event));
        return byTask;
    }
}
