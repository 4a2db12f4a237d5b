package org.mesolith.cli.command.task;

import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.files.OutputFollower;
import org.mesolith.cli.files.SandboxFile;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.scheduler.TaskEnd;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso task logs}. */
@Command(
        description = {
            "Prints what a task wrote, read from its agent.",
            "The agent cuts a file that reaches its size limit; what was cut is gone."
        },
        footer = {"", "Example: meso task logs web-17 -f"})
public final class TaskLogs implements Callable<Integer> {

    private static final long POLL_NANOS = 250_000_000L;
    private static final int POLLS_BETWEEN_LOOKUPS = 8;

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "TASK", description = "The task's id, or a beginning or end that only it has.")
    private String id = "";

    @Option(names = "--framework", paramLabel = "ID", description = "The framework, where several have such a task.")
    private String framework = "";

    @Option(names = "--stderr", description = "What it wrote to stderr instead of stdout.")
    private boolean stderr;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on until the task ends.")
    private boolean follow;

    @Option(names = "--json", description = "One JSON array of pieces: offset in the file, and data in base64.")
    private boolean json;

    /** The command in these surroundings. */
    public TaskLogs(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        var lookup = new Lookup(operator);
        JsonObject task = lookup.task(id, framework);
        HostPort agent = Lookup.address(lookup.agent(task.text("agent_id.value")));
        if (!json) {
            return copy(agent, lookup, task, OutputFollower.Sink.to(console.out()));
        }
        try (var output = JsonOutput.array(console.out())) {
            return copy(agent, lookup, task, new Pieces(output));
        }
    }

    private int copy(HostPort agent, Lookup lookup, JsonObject task, OutputFollower.Sink sink) {
        try (var file = file(agent, task)) {
            var follower = new OutputFollower(file, sink, 0, this::remark);
            if (!follow || isOver(task)) {
                if (!follower.copy()) {
                    throw new Failure(ExitCode.FAILED, follower.trouble());
                }
                return ExitCode.OK;
            }
            return followUntilItEnds(follower, lookup, task);
        }
    }

    /** Pieces of the file as elements of an array: the bytes need not be text. */
    private record Pieces(JsonOutput output) implements OutputFollower.Sink {
        @Override
        public void piece(long offset, byte[] data) {
            output.element(
                    JsonObject.of("offset", offset, "data", Base64.getEncoder().encodeToString(data)));
        }

        @Override
        public void flush() {
            output.flush();
        }
    }

    private int followUntilItEnds(OutputFollower follower, Lookup lookup, JsonObject task) {
        String taskId = task.text("task_id.value");
        String frameworkId = task.text("framework_id.value");
        for (int poll = 1; ; poll++) {
            boolean read = follower.copy();
            if (poll % POLLS_BETWEEN_LOOKUPS == 0) {
                if (isOver(lookup.task(taskId, frameworkId))) {
                    return follower.copyRest(POLLS_BETWEEN_LOOKUPS) ? ExitCode.OK : ExitCode.FAILED;
                }
                if (!read) {
                    remark(follower.trouble());
                }
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private SandboxFile file(HostPort agent, JsonObject task) {
        String executor = task.text("executor_id.value");
        return new SandboxFile(
                agent,
                task.text("framework_id.value"),
                executor.isEmpty() ? task.text("task_id.value") : executor,
                stderr ? "stderr" : "stdout");
    }

    private void remark(String text) {
        console.err().println("meso: " + text);
    }

    private static boolean isOver(JsonObject task) {
        return TaskEnd.isTerminal(task.text("state"));
    }
}
