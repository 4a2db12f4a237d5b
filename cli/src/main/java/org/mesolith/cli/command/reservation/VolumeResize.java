package org.mesolith.cli.command.reservation;

import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.command.SizeText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.Texts;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What growing and shrinking a volume share. */
final class VolumeResize {
    /** The call that changes this volume by so many megabytes. */
    @FunctionalInterface
    interface Change {
        JsonObject call(Volume volume, double megabytes);
    }

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(index = "0", paramLabel = "ID", description = "Of the volume.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "SIZE", description = "By how much, for example 512MB or 20GB.")
    private String size = "";

    @Option(names = "--agent", paramLabel = "AGENT", description = "Where several volumes have this id.")
    private String agent = "";

    void make(Console console, int sign, Change change) {
        double megabytes = SizeText.megabytes("the size", size);
        Operator operator = masters.operator(console);
        Volume volume = Volume.only(operator, id, agent);
        JsonObject call = change.call(volume, megabytes);
        double after = volume.megabytes() + sign * megabytes;
        if (after <= 0) {
            throw new Failure(
                    ExitCode.USAGE,
                    "the volume " + id + " has " + Texts.decimal(volume.megabytes()) + "MB, and "
                            + Texts.decimal(megabytes)
                            + "MB less would leave nothing; nothing was changed. `meso volume"
                            + " rm " + id + "` destroys it");
        }
        order.make(
                console,
                operator,
                call,
                "volume " + id + " on " + volume.agentId() + " went from " + Texts.decimal(volume.megabytes())
                        + "MB to " + Texts.decimal(after) + "MB");
    }
}
