package org.mesolith.cli.command.agent;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Confirmation;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso agent gone}. */
@Command(
        description = {
            "Says that an agent will never come back, for example because its machine is lost.",
            "Its tasks are over for their frameworks, its reservations and volumes are gone with it, and it may",
            "never join again under this id. This cannot be taken back: on a terminal the host name has to be",
            "typed, else --host or --yes has to say that it is meant."
        },
        footer = {"", "Example: meso agent gone S0000000001 --host db-17.example.org"})
public final class AgentGone implements Callable<Integer> {
    private final Console console;

    @Mixin
    private AgentOrder order = new AgentOrder();

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "The agent's host name, to be sure which one is meant.")
    private String host = "";

    @Option(names = "--yes", description = "Does it without the host name.")
    private boolean yes;

    /** The command in these surroundings. */
    public AgentGone(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = order.operator(console);
        JsonObject agent = order.find(operator);
        String hostname = agent.text("agent_info.hostname");
        if (!host.isEmpty() && !host.equals(hostname)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "the agent " + AgentOrder.id(agent) + " is on " + hostname + ", not on " + host
                            + "; nothing was changed");
        }
        if (host.isEmpty() && !yes && !order.isDryRun()) {
            Confirmation.typed(
                    console,
                    hostname,
                    "this ends every task of " + AgentOrder.name(agent) + " and cannot be taken back",
                    "--host " + hostname);
        }
        order.give(
                console,
                operator,
                JsonObject.of(
                        "type",
                        "MARK_AGENT_GONE",
                        "mark_agent_gone",
                        JsonObject.of("agent_id", JsonObject.of("value", AgentOrder.id(agent)))),
                AgentOrder.name(agent) + " is gone for good");
        return ExitCode.OK;
    }
}
