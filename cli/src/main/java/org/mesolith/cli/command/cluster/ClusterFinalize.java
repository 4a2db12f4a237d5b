package org.mesolith.cli.command.cluster;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso cluster finalize}: the end of an upgrade. */
@Command(
        description = {
            "Ends an upgrade: raises the cluster's feature level to the newest that every voter knows.",
            "From then on no master can go back to the version before. Until then each can."
        },
        footer = {"", "Example: meso cluster finalize --dry-run"})
public final class ClusterFinalize implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private DryRun dryRun = new DryRun();

    @Option(names = "--json", description = "The result as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public ClusterFinalize(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var picture = GroupPicture.led(masters.list(console), Deadline.after(masters.timeout()));
        var said =
                LeaderDoor.post(picture, "/raft/finalize", JsonObject.of("dry_run", dryRun.isSet()), masters.timeout());
        long before = said.whole("before", 0);
        long after = said.whole("after", 0);
        if (json) {
            JsonOutput.print(console.out(), said);
        } else if (before == after) {
            console.out().println("the cluster is at feature level " + after + " already; nothing to do");
        } else {
            console.out()
                    .println((dryRun.isSet() ? "would raise" : "raised") + " the feature level from " + before + " to "
                            + after);
        }
        for (String member : said.texts("held_back_by")) {
            console.err().println("a newer level has to wait for member " + member);
        }
        return dryRun.isSet() ? dryRun.end(console) : ExitCode.OK;
    }
}
