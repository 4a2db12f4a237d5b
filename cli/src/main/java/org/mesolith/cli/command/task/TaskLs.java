package org.mesolith.cli.command.task;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import org.mesolith.cli.render.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso task ls}. */
@Command(
        description = "Lists tasks: those that are not over, or all that the cluster remembers.",
        footer = {"", "Example: meso task ls --all --framework 5f1c2d3e-0001-F0000000007"})
public final class TaskLs implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--all", description = "Completed tasks too.")
    private boolean all;

    @Option(names = "--framework", paramLabel = "ID", description = "Only tasks of this framework.")
    private String framework = "";

    @Option(names = "--agent", paramLabel = "ID", description = "Only tasks on this agent.")
    private String agent = "";

    @Option(names = "--json", description = "One JSON array of the tasks as the API shows them.")
    private boolean json;

    /** The command in these surroundings. */
    public TaskLs(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                list(output::element);
            }
            return ExitCode.OK;
        }
        var table = Table.of(console, "ID", "NAME", "STATE", "AGENT", "FRAMEWORK", "RESOURCES", "AGE");
        Instant now = Instant.now();
        list(task -> table.row(
                task.text("task_id.value"),
                task.text("name"),
                Texts.state(task.text("state")),
                task.text("agent_id.value"),
                task.text("framework_id.value"),
                Texts.resources(task.objects("resources")),
                Texts.age(firstSeen(task), now)));
        table.end();
        return ExitCode.OK;
    }

    private void list(Consumer<JsonObject> each) {
        Consumer<JsonObject> chosen = task -> {
            if ((framework.isEmpty() || task.text("framework_id.value").equals(framework))
                    && (agent.isEmpty() || task.text("agent_id.value").equals(agent))) {
                each.accept(task);
            }
        };
        Map<String, Consumer<JsonObject>> lists = new LinkedHashMap<>();
        lists.put("tasks", chosen);
        lists.put("unreachable_tasks", chosen);
        if (all) {
            lists.put("completed_tasks", chosen);
        }
        masters.operator(console).rows("GET_TASKS", "get_tasks", lists);
    }

    /** The time of the first status, in seconds since 1970; 0 without any. */
    private static double firstSeen(JsonObject task) {
        var statuses = task.objects("statuses");
        return statuses.isEmpty() ? 0 : statuses.getFirst().number("timestamp", 0);
    }
}
