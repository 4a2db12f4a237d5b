package org.mesolith.cli.command.framework;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
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

/** {@code meso framework show}. */
@Command(
        description = "Shows one framework and its tasks.",
        footer = {"", "Example: meso framework show marathon"})
public final class FrameworkShow implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(
            paramLabel = "FRAMEWORK",
            description = "The framework's id, a beginning or end that only it has, or its name if no other has it.")
    private String id = "";

    @Option(names = "--json", description = "The framework as the API shows it.")
    private boolean json;

    /** The command in these surroundings. */
    public FrameworkShow(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        JsonObject framework = new Lookup(operator).framework(id);
        if (json) {
            JsonOutput.print(console.out(), framework);
            return ExitCode.OK;
        }
        JsonObject info = framework.object("framework_info");
        String found = info.text("id.value");
        var facts = Table.of(console, "FRAMEWORK", found);
        facts.row("name", info.text("name"));
        facts.row("roles", FrameworkLs.roles(info));
        facts.row("user", info.text("user"));
        facts.row("principal", info.text("principal"));
        facts.row("host", info.text("hostname"));
        facts.row("page", info.text("webui_url"));
        facts.row("state", FrameworkLs.stateOf(framework));
        facts.row("failover", Texts.decimal(info.number("failover_timeout", 0)) + " s");
        facts.row(
                "capabilities",
                String.join(
                        " ",
                        info.objects("capabilities").stream()
                                .map(capability -> capability.text("type"))
                                .toList()));
        facts.row("allocated", Texts.resources(framework.objects("allocated_resources")));
        facts.row("offered", Texts.resources(framework.objects("offered_resources")));
        facts.row("age", Texts.age(Texts.seconds(framework.object("registered_time")), Instant.now()));
        facts.end();
        console.out().println();
        var tasks = Table.of(console, "TASK", "AGENT", "STATE", "RESOURCES");
        operator.rows("GET_TASKS", "get_tasks", Map.of("tasks", task -> {
            if (task.text("framework_id.value").equals(found)) {
                tasks.row(
                        task.text("task_id.value"),
                        task.text("agent_id.value"),
                        Texts.state(task.text("state")),
                        Texts.resources(task.objects("resources")));
            }
        }));
        tasks.end();
        return ExitCode.OK;
    }
}
