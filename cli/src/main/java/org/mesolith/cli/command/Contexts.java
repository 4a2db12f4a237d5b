package org.mesolith.cli.command;

import java.util.List;
import org.mesolith.cli.client.ContextFile;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.Failure;

/** Keeps the user's context up with the masters. */
public final class Contexts {
    private Contexts() {}

    /** Writes the present masters into the context, if that is where they came from and they have changed. */
    public static void refresh(Console console, MasterList list, List<HostPort> present) {
        if (present.isEmpty()
                || list.context(console).isEmpty()
                || (present.containsAll(list.masters()) && list.masters().containsAll(present))) {
            return;
        }
        try {
            ContextFile.read(console).with(list.context(console), present).write(console);
            console.err().println("the context names the present masters now: " + present);
        } catch (Failure failed) {
            console.err().println("the context could not be brought up to date: " + failed.sentence());
        }
    }
}
