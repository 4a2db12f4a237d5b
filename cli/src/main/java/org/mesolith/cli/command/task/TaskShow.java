package org.mesolith.cli.command.task;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import org.mesolith.cli.render.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso task show}. */
@Command(
        description = "Shows one task and the statuses it went through.",
        footer = {"", "Example: meso task show web-17 --framework 5f1c2d3e-0001-F0000000007"})
public final class TaskShow implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "TASK", description = "The task's id, or a beginning or end that only it has.")
    private String id = "";

    @Option(names = "--framework", paramLabel = "ID", description = "The framework, where several have such a task.")
    private String framework = "";

    @Option(names = "--json", description = "The task as the API shows it.")
    private boolean json;

    /** The command in these surroundings. */
    public TaskShow(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        JsonObject task = new Lookup(masters.operator(console)).task(id, framework);
        if (json) {
            JsonOutput.print(console.out(), task);
            return ExitCode.OK;
        }
        var facts = Table.of(console, "TASK", task.text("task_id.value"));
        facts.row("name", task.text("name"));
        facts.row("framework", task.text("framework_id.value"));
        facts.row("agent", task.text("agent_id.value"));
        facts.row("executor", task.text("executor_id.value"));
        facts.row("state", Texts.state(task.text("state")));
        facts.row("resources", Texts.resources(task.objects("resources")));
        facts.end();
        console.out().println();
        var statuses = Table.of(console, "STATE", "TIME", "SOURCE", "REASON", "MESSAGE");
        for (JsonObject status : task.objects("statuses")) {
            double seconds = status.number("timestamp", 0);
            statuses.row(
                    Texts.state(status.text("state")),
                    seconds > 0 ? Instant.ofEpochMilli((long) (seconds * 1_000)).toString() : "",
                    status.text("source"),
                    status.text("reason"),
                    status.text("message"));
        }
        statuses.end();
        return ExitCode.OK;
    }
}
