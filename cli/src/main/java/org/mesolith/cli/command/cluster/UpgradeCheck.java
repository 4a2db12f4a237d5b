package org.mesolith.cli.command.cluster;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso cluster upgrade-check}: whether a master may be taken down and upgraded now. */
@Command(
        description = {
            "Looks whether a master may be upgraded now: everybody there and up to date, versions that go together,",
            "a majority also while one is down, a backup, room on the disks. Changes nothing.",
            "Exit code 0 if nothing is bad, 1 if something is."
        },
        footer = {"", "Example: meso cluster upgrade-check --masters 10.0.0.1:5050"})
public final class UpgradeCheck implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(
            names = "--backup-age",
            paramLabel = "SPAN",
            defaultValue = "1d",
            description = "How old the newest scheduled backup may be (default: ${DEFAULT-VALUE}).")
    private String backupAge = "1d";

    @Option(names = "--json", description = "One JSON array, a row for each thing that was looked at.")
    private boolean json;

    /** The command in these surroundings. */
    public UpgradeCheck(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var ageMax = SpanText.read("--backup-age", backupAge);
        var deadline = Deadline.after(masters.timeout());
        var list = masters.list(console);
        var picture = GroupPicture.take(list, deadline);
        var rows = new UpgradeRows(picture);
        rows.members();
        rows.versions();
        rows.majority();
        rows.backup(deadline, ageMax);
        if (picture.isLed()) {
            rows.agents(deadline);
        }
        return rows.found().print(console, json);
    }
}
