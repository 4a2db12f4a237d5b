package org.mesolith.cli.command.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

/** {@code meso cluster transfer}: a planned change of the leader. */
@Command(
        description = {
            "Hands the lead to another master, in order: writes wait for a moment, none is lost.",
            "Before maintenance of the leader's machine, for example."
        },
        footer = {"", "Example: meso cluster transfer --to 10.0.0.2:5050"})
public final class ClusterTransfer implements Callable<Integer> {
    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(
            names = "--to",
            paramLabel = "MEMBER",
            description = "Id (or its beginning) or address of the next leader; else whoever is most up to date.")
    private String to = "";

    @Mixin
    private DryRun dryRun = new DryRun();

    @Option(names = "--json", description = "The result as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public ClusterTransfer(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var deadline = Deadline.after(masters.timeout());
        var list = masters.list(console);
        var picture = GroupPicture.led(list, deadline);
        JsonObject before = picture.leader().object("member");
        JsonObject target = to.isEmpty() ? null : picture.voterOrFail(to);
        if (target != null && target.text("id").equals(before.text("id"))) {
            return report(before, before, "member " + GroupPicture.label(before) + " leads already", 0);
        }
        if (dryRun.isSet()) {
            String next = target == null ? "whoever is most up to date" : GroupPicture.label(target);
            report(before, target, "would hand the lead from " + GroupPicture.label(before) + " to " + next, 0);
            return dryRun.end(console);
        }
        long since = System.nanoTime();
        transfer(picture, target);
        JsonObject after = awaitOther(picture, before, deadline);
        long millis = Duration.ofNanos(System.nanoTime() - since).toMillis();
        return report(
                before,
                after,
                "the lead went from " + GroupPicture.label(before) + " to " + GroupPicture.label(after) + " in "
                        + millis + " ms",
                millis);
    }

    private void transfer(GroupPicture picture, @Nullable JsonObject target) {
        var body = JsonObject.of("to", target == null ? null : target.text("id"));
        LeaderDoor.post(picture, "/raft/transfer", body, masters.timeout());
    }

    /** Asks the members until another one leads and is ready. */
    private static JsonObject awaitOther(GroupPicture before, JsonObject former, Deadline deadline) {
        while (!deadline.hasPassed()) {
            for (JsonObject voter : before.voters()) {
                var state = Members.look(HostPort.parse(voter.text("http_address")), deadline)
                        .state();
                if (state.text("role").equals("LEADER")
                        && state.isTrue("ready")
                        && !state.text("member.id").equals(former.text("id"))) {
                    return state.object("member");
                }
            }
            Members.pauseShortly();
        }
        throw new Failure(
                ExitCode.DEADLINE,
                "the lead was handed over, but no other member says yet that it leads; `meso cluster members` shows"
                        + " how it goes on");
    }

    private int report(JsonObject from, @Nullable JsonObject target, String sentence, long millis) {
        if (json) {
            JsonOutput.print(
                    console.out(),
                    JsonObject.of(
                            "from",
                            from.text("id"),
                            "to",
                            target == null ? null : target.text("id"),
                            "dry_run",
                            dryRun.isSet(),
                            "took_ms",
                            millis));
        } else {
            console.out().println(sentence);
        }
        return ExitCode.OK;
    }
}
