package org.mesolith.cli.command.cluster;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.command.Contexts;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code add}, {@code remove} and {@code replace} have in common. */
public final class ChangeOptions {
    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private DryRun dryRun = new DryRun();

    @Option(
            names = "--accept-even",
            description = "Take an even number of voters, which survives no more than one less.")
    private boolean acceptEven;

    @Option(names = "--json", description = "The result as JSON.")
    private boolean json;

    MasterList list(Console console) {
        return masters.list(console);
    }

    Deadline deadline() {
        return Deadline.after(masters.timeout());
    }

    /** Shows the plan, carries it out unless it is a dry run, shows the members then. */
    int run(Console console, GroupPicture picture, List<JsonObject> added, List<JsonObject> removed) {
        var plan = new VoterPlan(picture.voters(), added, removed, acceptEven);
        if (plan.isDone()) {
            console.err().println("nothing to do: that is how it is already");
            return show(console, picture, List.of());
        }
        var steps = plan.steps();
        for (int number = 1; number <= steps.size(); number++) {
            console.err()
                    .println("step " + number + " of " + steps.size() + ": "
                            + steps.get(number - 1).sentence());
        }
        plan.preview(picture);
        if (dryRun.isSet()) {
            int shown = show(console, picture, steps);
            return shown == ExitCode.OK ? dryRun.end(console) : shown;
        }
        var after = plan.carryOut(
                picture,
                list(console),
                console,
                step -> step.added().forEach(member -> Newcomers.bringIn(picture, member, deadline())));
        Contexts.refresh(console, list(console), after.masters());
        return show(console, after, steps);
    }

    /** Takes out a master that does not vote. */
    void retire(Console console, GroupPicture picture, JsonObject standby) {
        console.err().println("standby: - " + GroupPicture.label(standby));
        if (!dryRun.isSet()) {
            LeaderDoor.post(picture, "/raft/retire", JsonObject.of("id", standby.text("id")), LeaderDoor.LOOK_MAX);
        }
    }

    private int show(Console console, GroupPicture picture, List<VoterPlan.Step> steps) {
        var voters = new ArrayList<String>();
        picture.voters().forEach(voter -> voters.add(GroupPicture.label(voter)));
        if (json) {
            JsonOutput.print(
                    console.out(),
                    JsonObject.of(
                            "cluster_id", picture.clusterId(),
                            "dry_run", dryRun.isSet(),
                            "steps",
                                    steps.stream().map(VoterPlan.Step::sentence).toList(),
                            "voters", picture.voters(),
                            "leader", picture.leader().text("member.id")));
            return ExitCode.OK;
        }
        if (dryRun.isSet() && !steps.isEmpty()) {
            console.out().println("possible");
        } else {
            console.out()
                    .println("cluster " + picture.clusterId() + " has " + voters.size() + " voters: "
                            + String.join(", ", voters));
        }
        return ExitCode.OK;
    }
}
