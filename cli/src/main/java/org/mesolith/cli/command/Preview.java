package org.mesolith.cli.command;

import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.render.JsonOutput;
import picocli.CommandLine.Option;

/** The option {@code --dry-run} of commands that make one call with an effect. */
public final class Preview {

    @Option(names = "--dry-run", description = "Prints the call that would be made, as JSON; changes nothing.")
    private boolean dryRun;

    /** True when the call was only shown. */
    public boolean shows(Console console, JsonObject call) {
        if (dryRun) {
            JsonOutput.print(console.out(), call);
            console.out().flush();
            console.err().println("nothing was changed (--dry-run)");
        }
        return dryRun;
    }

    /** True when the call is only to be shown. */
    public boolean isSet() {
        return dryRun;
    }
}
