package org.mesolith.cli.command.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code meso cluster token}: leave for one master to join. */
@Command(
        description = {
            "Makes a token with which one master joins the cluster as a standby, once: `meso master join --token …`.",
            "It is shown here and kept nowhere: the cluster remembers its hash until it is used or expires."
        },
        footer = {"", "Example: meso cluster token --expires 10m"})
public final class ClusterToken implements Callable<Integer> {
    private static final Duration EXPIRES_MAX = Duration.ofDays(7);

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Option(
            names = "--expires",
            paramLabel = "SPAN",
            defaultValue = "1h",
            description = "From then on it is worth nothing (default: ${DEFAULT-VALUE}).")
    private String expires = "1h";

    @Mixin
    private DryRun dryRun = new DryRun();

    @Option(names = "--json", description = "The token and its end as JSON.")
    private boolean json;

    /** The command in these surroundings. */
    public ClusterToken(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        long seconds =
                Math.max(1, SpanText.atMost("--expires", expires, EXPIRES_MAX).toSeconds());
        var picture = GroupPicture.led(masters.list(console), Deadline.after(masters.timeout()));
        if (dryRun.isSet()) {
            var what = JsonObject.of("cluster_id", picture.clusterId(), "expires_seconds", seconds);
            if (json) {
                JsonOutput.print(console.out(), what);
            } else {
                console.out()
                        .println("would make a token for cluster " + picture.clusterId() + ", good for " + seconds
                                + " s");
            }
            return dryRun.end(console);
        }
        var token = Newcomers.token(picture, seconds);
        if (json) {
            JsonOutput.print(console.out(), token);
        } else {
            console.out().println(token.text("token"));
            console.err().println("for one master, until " + token.text("expires"));
        }
        return ExitCode.OK;
    }
}
