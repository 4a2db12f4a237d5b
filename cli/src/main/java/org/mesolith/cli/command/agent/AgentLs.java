package org.mesolith.cli.command.agent;

import java.time.Instant;
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

/** {@code meso agent ls}. */
@Command(
        description = "Lists the agents that the cluster has admitted.",
        footer = {"", "Example: meso agent ls --masters 10.0.0.1:5050,10.0.0.2:5050,10.0.0.3:5050"})
public final class AgentLs implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--json", description = "One JSON array of the agents as the API shows them.")
    private boolean json;

    /** The command in these surroundings. */
    public AgentLs(Console console) {
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
        var table = Table.of(console, "ID", "HOST", "ADDRESS", "STATE", "TOTAL", "ALLOCATED", "AGE");
        Instant now = Instant.now();
        list(agent -> table.row(
                agent.text("agent_info.id.value"),
                agent.text("agent_info.hostname"),
                addressOf(agent),
                stateOf(agent),
                Texts.resources(
                        agent.objects(agent.has("total_resources") ? "total_resources" : "agent_info.resources")),
                Texts.resources(agent.objects("allocated_resources")),
                Texts.age(Texts.seconds(agent.object("registered_time")), now)));
        table.end();
        return ExitCode.OK;
    }

    private void list(Consumer<JsonObject> each) {
        masters.operator(console)
                .rows(
                        "GET_AGENTS",
                        "get_agents",
                        Map.of(
                                "agents",
                                each,
                                "recovered_agents",
                                info -> each.accept(JsonObject.of("agent_info", info, "recovered", true))));
    }

    private static String addressOf(JsonObject agent) {
        String pid = agent.text("pid");
        return pid.substring(pid.indexOf('@') + 1);
    }

    static String stateOf(JsonObject agent) {
        if (agent.isTrue("recovered")) {
            return "recovered";
        }
        if (agent.isTrue("deactivated")) {
            return "deactivated";
        }
        return agent.isTrue("active") ? "active" : "inactive";
    }
}
