package org.mesolith.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.Tasks;

/**
 * One task of the demo: a real process that first appends its id and its process id to a file of its own.
 *
 * @param id unique
 * @param kind what it does and how it must end
 * @param seconds how long it sleeps
 */
record DemoTask(String id, Kind kind, double seconds) {

    /** What becomes of a task. */
    enum Kind {
        /** Ends by itself with 0. */
        SHORT("TASK_FINISHED"),
        /** Ends by itself with 3. */
        FAILING("TASK_FAILED"),
        /** Is killed by its framework. */
        KILLED("TASK_KILLED"),
        /** Runs from before the leader's end until after the proof. */
        LONG("TASK_RUNNING");

        private final String state;

        Kind(String state) {
            this.state = state;
        }

        /** The state it must be in when the proof is made. */
        String expectedState() {
            return state;
        }
    }

    static final double CPUS = 0.02;
    static final double MEM = 8;
    private static final int LONG_SECONDS = 900;

    /** The file that this task writes to. */
    Path mark(Path marks) {
        return marks.resolve(id);
    }

    /** The TaskInfo for this agent. */
    JsonObject info(JsonObject agentId, Path marks) {
        String end = kind == Kind.FAILING ? "; exit 3" : "";
        // `exec`: the process that sleeps has the process id that was written down.
        String sleep = (end.isEmpty() ? "exec " : "") + "sleep " + seconds + end;
        String script = "echo \"" + id + " $$\" >> '" + mark(marks) + "'; " + sleep;
        return Tasks.task(
                id,
                id,
                agentId,
                List.of(Tasks.scalar("cpus", CPUS), Tasks.scalar("mem", MEM)),
                JsonObject.of("shell", true, "value", script));
    }

    /** What is started before the leader is killed, and still runs then or not. */
    static List<DemoTask> beforeTheKill() {
        var tasks = new ArrayList<DemoTask>();
        add(tasks, "long", Kind.LONG, 6, LONG_SECONDS);
        add(tasks, "killed", Kind.KILLED, 4, LONG_SECONDS);
        add(tasks, "failing", Kind.FAILING, 3, 0.3);
        add(tasks, "short", Kind.SHORT, 6, 0.5);
        add(tasks, "crossing", Kind.SHORT, 6, 4);
        return List.copyOf(tasks);
    }

    /** What is handed over one by one while the leader dies. */
    static List<DemoTask> duringTheKill() {
        var tasks = new ArrayList<DemoTask>();
        add(tasks, "during", Kind.SHORT, 10, 0.5);
        add(tasks, "during-failing", Kind.FAILING, 2, 0.2);
        return List.copyOf(tasks);
    }

    private static void add(List<DemoTask> tasks, String name, Kind kind, int count, double seconds) {
        for (int number = 1; number <= count; number++) {
            tasks.add(new DemoTask(name + "-" + number, kind, seconds));
        }
    }
}
