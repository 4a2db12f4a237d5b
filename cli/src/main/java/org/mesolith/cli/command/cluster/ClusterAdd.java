package org.mesolith.cli.command.cluster;

import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code meso cluster add}: masters that wait become voting members. */
@Command(
        description = {
            "Makes masters that were started and wait voting members of a cluster.",
            "Each is brought up to date before it votes. After an interruption run it again: it goes on."
        },
        footer = {
            "",
            "From one master to three.",
            "Example: meso cluster add 10.0.0.2:5050,10.0.0.3:5050 --masters 10.0.0.1:5050"
        })
public final class ClusterAdd implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    @Parameters(paramLabel = "HOST:PORT,…", arity = "1", description = "HTTP addresses of the masters to add.")
    private String addresses = "";

    /** The command in these surroundings. */
    public ClusterAdd(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var wanted = HostPort.parseList(addresses);
        if (wanted.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "name the masters to add: HOST:PORT,HOST:PORT");
        }
        var picture = GroupPicture.led(options.list(console), options.deadline());
        return options.run(console, picture, Newcomers.look(picture, wanted, options.deadline()), List.of());
    }
}
