package org.mesolith.cli.command.agent;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code meso agent deactivate}. */
@Command(
        description = {
            "Offers nothing of an agent any more. Its tasks go on; `meso agent reactivate` ends it.",
            "To have its tasks ended as well: `meso agent drain`."
        },
        footer = {"", "Example: meso agent deactivate S0000000001"})
public final class AgentDeactivate implements Callable<Integer> {
    private final Console console;

    @Mixin
    private AgentOrder order = new AgentOrder();

    /** The command in these surroundings. */
    public AgentDeactivate(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = order.operator(console);
        JsonObject agent = order.find(operator);
        order.give(
                console,
                operator,
                JsonObject.of(
                        "type",
                        "DEACTIVATE_AGENT",
                        "deactivate_agent",
                        JsonObject.of("agent_id", JsonObject.of("value", AgentOrder.id(agent)))),
                "nothing of " + AgentOrder.name(agent) + " is offered any more");
        return ExitCode.OK;
    }
}
