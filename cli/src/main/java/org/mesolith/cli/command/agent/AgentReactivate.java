package org.mesolith.cli.command.agent;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code meso agent reactivate}. */
@Command(
        description = {
            "Offers an agent again that was deactivated or has been drained.",
            "One that is still draining is refused: wait until its tasks are over."
        },
        footer = {"", "Example: meso agent reactivate S0000000001"})
public final class AgentReactivate implements Callable<Integer> {
    private final Console console;

    @Mixin
    private AgentOrder order = new AgentOrder();

    /** The command in these surroundings. */
    public AgentReactivate(Console console) {
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
                        "REACTIVATE_AGENT",
                        "reactivate_agent",
                        JsonObject.of("agent_id", JsonObject.of("value", AgentOrder.id(agent)))),
                AgentOrder.name(agent) + " is offered again");
        return ExitCode.OK;
    }
}
