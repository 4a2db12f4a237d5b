package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.util.List;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.Console;

/** Keeps the user's context up with the members. */
final class Contexts {
    private Contexts() {}

    /** Writes the present voters into the context, if that is where the masters came from and they have changed. */
    static void refresh(Console console, MasterList list, GroupPicture picture) {
        List<HostPort> voters = picture.voters().stream()
                .map((JsonObject voter) -> HostPort.parse(voter.text("http_address")))
                .toList();
        if (voters.isEmpty()
                || !list.isContext(console)
                || (voters.containsAll(list.masters()) && list.masters().containsAll(voters))) {
            return;
        }
        try {
            MasterList.keep(console, voters);
            console.err().println("the context names the present masters now: " + voters);
        } catch (IOException failed) {
            console.err().println("the context could not be brought up to date: " + failed);
        }
    }
}
