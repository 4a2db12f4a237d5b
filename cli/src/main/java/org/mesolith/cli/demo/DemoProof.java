package org.mesolith.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.scheduler.TaskEnd;

/**
 * Compares three witnesses that know nothing of each other: the files of the tasks, the operating system, the updates.
 */
final class DemoProof {

    private final List<DemoTask> tasks;
    private final Path marks;
    private final DemoFramework framework;

    /**
     * One thing that had to be true.
     *
     * @param sentence what
     * @param problems empty if it is
     */
    record Finding(String sentence, List<String> problems) {}

    DemoProof(List<DemoTask> tasks, Path marks, DemoFramework framework) {
        this.tasks = tasks;
        this.marks = marks;
        this.framework = framework;
    }

    /** Process ids that the tasks of this kind wrote down. */
    Map<String, Long> processes(DemoTask.Kind kind) {
        var found = new LinkedHashMap<String, Long>();
        for (DemoTask task : tasks) {
            List<String> lines = lines(task);
            if (task.kind() == kind && !lines.isEmpty()) {
                found.put(task.id(), Long.parseLong(lines.getFirst().split(" ")[1]));
            }
        }
        return found;
    }

    /**
     * Every finding; {@code runningBefore} are the processes of the long tasks as they were before the leader was
     * killed.
     */
    List<Finding> findings(Map<String, Long> runningBefore, Operator operator) {
        return List.of(
                new Finding("none lost: every task wrote its line", filesWith(0)),
                new Finding("none run twice: no task wrote a second line", filesWithMoreThanOne()),
                new Finding("every task ended as it had to", wrongEnds()),
                new Finding("no task was heard of again after its end", wordsAfterTheEnd()),
                new Finding("the long tasks still run, as the same processes", notTheSame(runningBefore)),
                new Finding("what was killed or ended is gone from the operating system", stillThere()),
                new Finding("the new leader knows exactly the long tasks as running", unlikeTheMaster(operator)));
    }

    private List<String> filesWith(int lines) {
        return tasks.stream()
                .filter(task -> lines(task).size() == lines)
                .map(DemoTask::id)
                .toList();
    }

    private List<String> filesWithMoreThanOne() {
        return tasks.stream()
                .filter(task -> lines(task).size() > 1)
                .map(task -> task.id() + " " + lines(task))
                .toList();
    }

    private List<String> wrongEnds() {
        var problems = new ArrayList<String>();
        for (DemoTask task : tasks) {
            String state = framework.stateOf(task.id());
            if (!state.equals(task.kind().expectedState())) {
                problems.add(task.id() + " is " + (state.isEmpty() ? "unknown" : state) + ", not "
                        + task.kind().expectedState());
            }
        }
        return problems;
    }

    private List<String> wordsAfterTheEnd() {
        var problems = new ArrayList<String>();
        for (DemoTask task : tasks) {
            // The same terminal update may come twice (it is repeated until acknowledged); another state may not.
            List<String> states = framework.statesOf(task.id());
            int end = firstTerminal(states);
            if (end >= 0
                    && states.subList(end, states.size()).stream().distinct().count() > 1) {
                problems.add(task.id() + " " + states);
            }
        }
        return problems;
    }

    private static int firstTerminal(List<String> states) {
        for (int at = 0; at < states.size(); at++) {
            if (TaskEnd.isTerminal(states.get(at))) {
                return at;
            }
        }
        return -1;
    }

    private List<String> notTheSame(Map<String, Long> before) {
        var problems = new ArrayList<String>();
        Map<String, Long> now = processes(DemoTask.Kind.LONG);
        for (var entry : before.entrySet()) {
            if (!entry.getValue().equals(now.get(entry.getKey()))) {
                problems.add(
                        entry.getKey() + " was process " + entry.getValue() + " and is " + now.get(entry.getKey()));
            } else if (!isSleeping(entry.getValue())) {
                problems.add(entry.getKey() + ": process " + entry.getValue() + " is gone");
            }
        }
        return problems;
    }

    private List<String> stillThere() {
        var problems = new ArrayList<String>();
        for (DemoTask.Kind kind : DemoTask.Kind.values()) {
            if (kind != DemoTask.Kind.LONG) {
                processes(kind).forEach((id, pid) -> {
                    if (isSleeping(pid)) {
                        problems.add(id + ": process " + pid);
                    }
                });
            }
        }
        return problems;
    }

    private List<String> unlikeTheMaster(Operator operator) {
        var running = new ArrayList<String>();
        operator.rows("GET_TASKS", "get_tasks", Map.of("tasks", task -> {
            if (task.text("state").equals("TASK_RUNNING")
                    && task.text("framework_id.value").equals(framework.frameworkId())) {
                running.add(task.text("task_id.value"));
            }
        }));
        var expected = new ArrayList<>(tasks.stream()
                .filter(task -> task.kind() == DemoTask.Kind.LONG)
                .map(DemoTask::id)
                .sorted()
                .toList());
        running.sort(null);
        return running.equals(expected) ? List.of() : List.of("it says " + running);
    }

    /** True if the process exists and is still the one that a task began: process ids are used again. */
    static boolean isSleeping(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).startsWith("sleep\0");
        } catch (IOException gone) {
            return false;
        }
    }

    private List<String> lines(DemoTask task) {
        try {
            return Files.readAllLines(task.mark(marks));
        } catch (NoSuchFileException never) {
            return List.of();
        } catch (IOException unreadable) {
            return List.of("unreadable: " + unreadable.getMessage(), "");
        }
    }
}
