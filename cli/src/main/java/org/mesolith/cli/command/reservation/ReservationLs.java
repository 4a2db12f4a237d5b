package org.mesolith.cli.command.reservation;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
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

/** {@code meso reservation ls}. */
@Command(
        description = "Lists what is reserved on the agents that are registered: for which role, and by whom.",
        footer = {"", "Example: meso reservation ls --role ads"})
public final class ReservationLs implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--role", paramLabel = "ROLE", description = "Only for this role and those below it.")
    private String role = "";

    @Option(
            names = "--agent",
            paramLabel = "AGENT",
            description = "Only on agents whose id or host name begins or ends so.")
    private String agent = "";

    @Option(names = "--json", description = "One JSON array: agent, role, principal, labels, resources.")
    private boolean json;

    /** The command in these surroundings. */
    public ReservationLs(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                list((on, held) -> output.element(JsonObject.of(
                        "agent_id",
                        on.text("agent_info.id.value"),
                        "hostname",
                        on.text("agent_info.hostname"),
                        "role",
                        held.role(),
                        "dynamic",
                        held.isDynamic(),
                        "principal",
                        held.principal(),
                        "reservations",
                        held.stack(),
                        "resources",
                        held.resources())));
            }
            return ExitCode.OK;
        }
        var table = new Table(console.out(), "AGENT", "HOST", "ROLE", "KIND", "RESOURCES", "PRINCIPAL", "LABELS");
        list((on, held) -> table.row(
                on.text("agent_info.id.value"),
                on.text("agent_info.hostname"),
                held.role(),
                held.kind(),
                Texts.resources(held.resources()),
                held.principal(),
                held.labels()));
        table.end();
        return ExitCode.OK;
    }

    private void list(BiConsumer<JsonObject, Held> each) {
        Consumer<JsonObject> row = on -> {
            if (isWanted(on.text("agent_info.id.value")) || isWanted(on.text("agent_info.hostname"))) {
                Held.of(on).stream()
                        .filter(held -> role.isEmpty()
                                || held.role().equals(role)
                                || held.role().startsWith(role + "/"))
                        .forEach(held -> each.accept(on, held));
            }
        };
        masters.operator(console).rows("GET_AGENTS", "get_agents", Map.of("agents", row));
    }

    private boolean isWanted(String name) {
        return name.startsWith(agent) || name.endsWith(agent);
    }
}
