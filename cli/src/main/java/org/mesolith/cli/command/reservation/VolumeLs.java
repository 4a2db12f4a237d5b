package org.mesolith.cli.command.reservation;

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

/** {@code meso volume ls}. */
@Command(
        description = "Lists the persistent volumes of the agents that are registered.",
        footer = {"", "Example: meso volume ls --role ads"})
public final class VolumeLs implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--role", paramLabel = "ROLE", description = "Only of this role and those below it.")
    private String role = "";

    @Option(
            names = "--agent",
            paramLabel = "AGENT",
            description = "Only on agents whose id begins or ends so, or whose host name it is.")
    private String agent = "";

    @Option(names = "--json", description = "One JSON array: volume, agent, role, megabytes, used, the resource.")
    private boolean json;

    /** The command in these surroundings. */
    public VolumeLs(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                list(volume -> output.element(JsonObject.of(
                        "id",
                        volume.id(),
                        "agent_id",
                        volume.agentId(),
                        "hostname",
                        volume.hostname(),
                        "role",
                        volume.role(),
                        "megabytes",
                        volume.megabytes(),
                        "used",
                        volume.isUsed(),
                        "resource",
                        volume.resource())));
            }
            return ExitCode.OK;
        }
        var table = Table.of(console, "VOLUME", "AGENT", "HOST", "ROLE", "SIZE", "PATH", "MADE BY", "USED");
        list(volume -> table.row(
                volume.id(),
                volume.agentId(),
                volume.hostname(),
                volume.role(),
                Texts.decimal(volume.megabytes()) + "MB",
                volume.resource().text("disk.volume.container_path"),
                volume.resource().text("disk.persistence.principal"),
                volume.isUsed() ? "yes" : "no"));
        table.end();
        return ExitCode.OK;
    }

    private void list(Consumer<Volume> each) {
        Volume.forEach(masters.operator(console), volume -> {
            boolean isOfRole = role.isEmpty()
                    || volume.role().equals(role)
                    || volume.role().startsWith(role + "/");
            if (isOfRole && volume.isOn(agent)) {
                each.accept(volume);
            }
        });
    }
}
