package org.mesolith.cli.command.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code meso cluster remove}: takes the vote of members, for good. */
@Command(
        description = {
            "Takes members out of the cluster. A leader that is to go hands the lead over first.",
            "A master that was removed ends and does not come back; empty its work_dir to use it again."
        },
        footer = {"", "Example: meso cluster remove 10.0.0.4:5050 10.0.0.5:5050"})
public final class ClusterRemove implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    @Parameters(paramLabel = "MEMBER", arity = "1..*", description = "Id, beginning of an id, or address of a member.")
    private List<String> members = new ArrayList<>();

    /** The command in these surroundings. */
    public ClusterRemove(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var picture = GroupPicture.led(options.list(console), options.deadline());
        var removed = new ArrayList<JsonObject>();
        for (String name : members) {
            if (picture.isRemoved(name)) {
                continue; // Run again after an interruption.
            }
            JsonObject standby = picture.voter(name) == null ? picture.standby(name) : null;
            if (standby != null) {
                options.retire(console, picture, standby);
                continue;
            }
            JsonObject found = picture.voterOrFail(name);
            if (!removed.contains(found)) {
                removed.add(found);
            }
        }
        return options.run(console, picture, List.of(), removed);
    }
}
