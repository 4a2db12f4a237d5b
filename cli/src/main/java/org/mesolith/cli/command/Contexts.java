package org.mesolith.cli.command;

import java.io.IOException;
import java.util.List;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.Console;

/** Keeps the user's context up with the masters. */
public final class Contexts {
    private Contexts() {}

    /** Writes the present masters into the context, if that is where they came from and they have changed. */
    public static void refresh(Console console, MasterList list, List<HostPort> present) {
        if (present.isEmpty()
                || !list.isContext(console)
                || (present.containsAll(list.masters()) && list.masters().containsAll(present))) {
            return;
        }
        try {
            MasterList.keep(console, present);
            console.err().println("the context names the present masters now: " + present);
        } catch (IOException failed) {
            console.err().println("the context could not be brought up to date: " + failed);
        }
    }
}
