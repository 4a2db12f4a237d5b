package org.mesolith.cli.command.cluster;

import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code meso cluster replace}: a new master in place of an old one, in one change. */
@Command(
        description = {
            "Puts a master that was started and waits in the place of a member, dead or alive, in one change:",
            "at no moment is there a majority to lose that was not there before.",
            "The new one is brought up to date before it votes. After an interruption run it again."
        },
        footer = {"", "Example: meso cluster replace 1b2c3d4e 10.0.0.4:5050"})
public final class ClusterReplace implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    @Parameters(
            index = "0",
            paramLabel = "OLD",
            description = "Id, beginning of an id, or address of the member that goes.")
    private String old = "";

    @Parameters(index = "1", paramLabel = "HOST:PORT", description = "HTTP address of the master that comes.")
    private String address = "";

    /** The command in these surroundings. */
    public ClusterReplace(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var picture = GroupPicture.led(options.list(console), options.deadline());
        List<JsonObject> added = Newcomers.look(picture, List.of(HostPort.parse(address)), options.deadline());
        JsonObject gone = picture.voter(old);
        if (gone == null && added.isEmpty()) {
            // Run again after an interruption: the old one is gone, the new one votes.
            return options.run(console, picture, List.of(), List.of());
        }
        if (added.isEmpty()) {
            throw new Failure(
                    ExitCode.FAILED,
                    address + " votes in this cluster already; nothing was changed. To take " + old
                            + " out use `meso cluster remove`");
        }
        return options.run(console, picture, added, List.of(picture.voterOrFail(old)));
    }
}
