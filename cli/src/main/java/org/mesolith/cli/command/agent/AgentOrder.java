package org.mesolith.cli.command.agent;

import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the orders of operators to one agent share: which agent, which masters, and the preview. */
final class AgentOrder {
    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(
            paramLabel = "AGENT",
            description = "The agent's id, a beginning or end that only it has, or its host name.")
    private String id = "";

    Operator operator(Console console) {
        return masters.operator(console);
    }

    /** The agent as the API shows it. */
    JsonObject find(Operator operator) {
        return new Lookup(operator).agent(id);
    }

    boolean isDryRun() {
        return order.isDryRun();
    }

    boolean isJson() {
        return order.isJson();
    }

    static String id(JsonObject agent) {
        return agent.text("agent_info.id.value");
    }

    /** How an operator recognises it: host name and id. */
    static String name(JsonObject agent) {
        return agent.text("agent_info.hostname") + " (" + id(agent) + ")";
    }

    /**
     * Gives the order unless it was only to be shown. True when it was given.
     *
     * @param done what is true afterwards
     */
    boolean give(Console console, Operator operator, JsonObject call, String done) {
        return order.make(console, operator, call, done);
    }
}
