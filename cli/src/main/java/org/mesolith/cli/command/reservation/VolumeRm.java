package org.mesolith.cli.command.reservation;

import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Confirmation;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso volume rm}. */
@Command(
        description = {
            "Destroys a persistent volume: its data is wiped, its disk stays reserved.",
            "A volume that a task has is refused. This cannot be taken back: it needs --yes or the host name."
        },
        footer = {"", "Example: meso volume rm orders --host db-17.example.org"})
public final class VolumeRm implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(paramLabel = "ID", description = "Of the volume.")
    private String id = "";

    @Option(names = "--agent", paramLabel = "AGENT", description = "Where several volumes have this id.")
    private String agent = "";

    @Option(names = "--host", paramLabel = "NAME", description = "The host name of its agent, to be sure.")
    private String host = "";

    @Option(names = "--yes", description = "Does it without the host name.")
    private boolean yes;

    /** The command in these surroundings. */
    public VolumeRm(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Operator operator = masters.operator(console);
        Volume volume = Volume.only(operator, id, agent);
        if (!host.isEmpty() && !host.equals(volume.hostname())) {
            throw new Failure(
                    ExitCode.USAGE,
                    "the volume " + id + " is on " + volume.hostname() + ", not on " + host + "; nothing was changed");
        }
        JsonObject call = Reserve.call("DESTROY_VOLUMES", "volumes", volume.agentId(), List.of(volume.resource()));
        if (host.isEmpty() && !yes && !order.isDryRun()) {
            Confirmation.typed(
                    console,
                    volume.hostname(),
                    "this wipes " + Texts.decimal(volume.megabytes()) + "MB of " + volume.role() + " on "
                            + volume.hostname() + " and cannot be taken back",
                    "--host " + volume.hostname());
        }
        order.make(console, operator, call, "volume " + id + " on " + volume.agentId() + " destroyed");
        return ExitCode.OK;
    }
}
