package org.mesolith.cli.command.cluster;

import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso master join}: a master that waits becomes a standby of a cluster, with a token. */
@Command(
        description = {
            "Makes a master that was started and waits a standby of a cluster: it belongs, and does not vote yet.",
            "`meso cluster add` or `replace` gives it a vote. Run it again after an interruption."
        },
        footer = {"", "On the new machine.", "Example: meso master join --token mjt1:… --masters 10.0.0.1:5050"})
public final class MasterJoin implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(names = "--token", required = true, description = "What `meso cluster token` has shown.")
    private String token = "";

    @Option(
            names = "--this",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:5050",
            description = "HTTP address of the master that joins (default: ${DEFAULT-VALUE}).")
    private String address = "127.0.0.1:5050";

    @Mixin
    private DryRun dryRun = new DryRun();

    @Option(names = "--json", description = "The master that joined, and its cluster, as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public MasterJoin(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var picture = GroupPicture.led(masters.list(console), Deadline.after(masters.timeout()));
        var self = HostPort.parse(address);
        var found = Newcomers.look(picture, List.of(self), Deadline.after(masters.timeout()));
        if (found.isEmpty()) {
            return report(picture, "", self + " votes in cluster " + picture.clusterId() + " already");
        }
        JsonObject member = found.getFirst();
        if (member.isTrue("bootstrapped")) {
            return report(picture, member.text("id"), self + " belongs to cluster " + picture.clusterId() + " already");
        }
        if (dryRun.isSet()) {
            report(
                    picture,
                    member.text("id"),
                    GroupPicture.label(member) + " would be a standby of cluster " + picture.clusterId()
                            + ", if the token is good, which is not tried");
            return dryRun.end(console);
        }
        JsonObject admitted = Newcomers.admit(picture, token, member);
        if (!admitted.text("cluster_id").equals(picture.clusterId())) {
            throw new Failure(ExitCode.FAILED, "the leader named another cluster; nothing was changed here");
        }
        Newcomers.join(
                admitted.text("cluster_id"), admitted.text("group_id"), member, Deadline.after(masters.timeout()));
        return report(
                picture,
                member.text("id"),
                GroupPicture.label(member) + " is a standby of cluster " + picture.clusterId() + "; `meso cluster add "
                        + self + "` or `meso cluster replace OLD " + self + "` gives it a vote");
    }

    private int report(GroupPicture picture, String member, String sentence) {
        if (json) {
            JsonOutput.print(
                    console.out(),
                    JsonObject.of(
                            "dry_run",
                            dryRun.isSet(),
                            "cluster_id",
                            picture.clusterId(),
                            "id",
                            member.isEmpty() ? null : member));
        } else {
            console.out().println(sentence);
        }
        return ExitCode.OK;
    }
}
