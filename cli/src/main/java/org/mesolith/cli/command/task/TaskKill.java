package org.mesolith.cli.command.task;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.Texts;
import org.mesolith.cli.scheduler.TaskEnd;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso task kill}: an operator's kill. The framework learns of it as of any other end of a task. */
@Command(
        description = {
            "Kills a task, whatever its framework wants. The framework is told and may start another one.",
            "Waits until the task is over, unless --no-wait is given."
        },
        footer = {"", "Example: meso task kill web-17 --framework 5f1c2d3e-0001-F0000000007"})
public final class TaskKill implements Callable<Integer> {

    private static final long POLL_NANOS = 200_000_000L;

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(paramLabel = "TASK", description = "The task's id, or a beginning or end that only it has.")
    private String id = "";

    @Option(names = "--framework", paramLabel = "ID", description = "The framework, where several have such a task.")
    private String framework = "";

    @Option(names = "--no-wait", description = "Returns as soon as the order is accepted.")
    private boolean noWait;

    /** The command in these surroundings. */
    public TaskKill(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        var lookup = new Lookup(operator);
        JsonObject task = lookup.task(id, framework);
        String taskId = task.text("task_id.value");
        String frameworkId = task.text("framework_id.value");
        if (TaskEnd.isTerminal(task.text("state"))) {
            console.err().println(taskId + " is over already: " + Texts.state(task.text("state")));
            return ExitCode.OK;
        }
        // Not part of the Mesos API, which lets only the framework itself kill its tasks.
        JsonObject call = JsonObject.of(
                "type",
                "KILL_TASK",
                "kill_task",
                JsonObject.of(
                        "framework_id",
                        JsonObject.of("value", frameworkId),
                        "task_id",
                        JsonObject.of("value", taskId)));
        if (!order.make(console, operator, call, "the order to kill " + taskId + " was accepted") || noWait) {
            return ExitCode.OK;
        }
        Deadline deadline = Deadline.after(Duration.ofMinutes(1));
        while (!deadline.hasPassed()) {
            JsonObject now = lookup.task(taskId, frameworkId);
            if (TaskEnd.isTerminal(now.text("state"))) {
                var result = order.isJson() ? console.err() : console.out();
                result.println(taskId + " " + Texts.state(now.text("state")));
                return ExitCode.OK;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new Failure(
                ExitCode.DEADLINE,
                "the order to kill " + taskId + " was accepted 60 s ago and it is not over yet; `meso task show "
                        + taskId + "` tells more. Is its agent connected?");
    }
}
