package org.mesolith.cli.command.cluster;

import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --dry-run} and {@code --yes} of a command that cannot be taken back: without a yes only the plan is shown. */
public final class Consent {
    @Mixin
    private DryRun dryRun = new DryRun();

    @Option(names = "--yes", description = "Do it. Without this only the plan is shown.")
    private boolean yes;

    boolean isGiven() {
        return yes && !dryRun.isSet();
    }

    /** Says that nothing was done, and how to have it done; the exit code. */
    int end(Console console) {
        if (dryRun.isSet()) {
            return dryRun.end(console);
        }
        console.err().println("nothing was changed; add --yes to do it");
        return ExitCode.USAGE;
    }
}
