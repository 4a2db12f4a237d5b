package org.mesolith.cli.command.agent;

import java.time.Instant;
import java.util.ArrayList;
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

/** {@code meso agent show}. */
@Command(
        description = "Shows one agent and the tasks on it.",
        footer = {"", "Example: meso agent show S0000000001 --json"})
public final class AgentShow implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Parameters(paramLabel = "AGENT", description = "The agent's id, or a beginning or end that only it has.")
    private String id = "";

    @Option(names = "--json", description = "The agent as the API shows it.")
    private boolean json;

    /** The command in these surroundings. */
    public AgentShow(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        JsonObject agent = new Lookup(operator).agent(id);
        if (json) {
            JsonOutput.print(console.out(), agent);
            return ExitCode.OK;
        }
        String agentId = agent.text("agent_info.id.value");
        var facts = Table.of(console, "AGENT", agentId);
        facts.row("host", agent.text("agent_info.hostname"));
        facts.row("address", Lookup.address(agent).toString());
        facts.row("state", AgentLs.stateOf(agent));
        facts.row("version", agent.text("version"));
        facts.row("total", Texts.resources(agent.objects("total_resources")));
        facts.row("allocated", Texts.resources(agent.objects("allocated_resources")));
        facts.row("offered", Texts.resources(agent.objects("offered_resources")));
        facts.row("attributes", attributes(agent));
        facts.row("age", Texts.age(Texts.seconds(agent.object("registered_time")), Instant.now()));
        facts.end();
        console.out().println();
        var tasks = Table.of(console, "TASK", "FRAMEWORK", "STATE", "RESOURCES");
        operator.rows("GET_TASKS", "get_tasks", Map.of("tasks", task -> {
            if (task.text("agent_id.value").equals(agentId)) {
                tasks.row(
                        task.text("task_id.value"),
                        task.text("framework_id.value"),
                        Texts.state(task.text("state")),
                        Texts.resources(task.objects("resources")));
            }
        }));
        tasks.end();
        return ExitCode.OK;
    }

    private static String attributes(JsonObject agent) {
        var shown = new ArrayList<String>();
        for (JsonObject attribute : agent.objects("agent_info.attributes")) {
            String value = attribute.has("text")
                    ? attribute.text("text.value")
                    : attribute.has("scalar") ? Texts.decimal(attribute.number("scalar.value", 0)) : "…";
            shown.add(attribute.text("name") + ":" + value);
        }
        return String.join(" ", shown);
    }
}
