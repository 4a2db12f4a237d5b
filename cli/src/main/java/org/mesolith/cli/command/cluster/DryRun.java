package org.mesolith.cli.command.cluster;

import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Option;

/** {@code --dry-run} of a command that changes who makes up the cluster. */
public final class DryRun {
    @Option(names = "--dry-run", description = "Check everything and show what would be done; change nothing.")
    private boolean dryRun;

    boolean isSet() {
        return dryRun;
    }

    /** Says that it was one; the exit code. */
    int end(Console console) {
        console.err().println("nothing was changed (--dry-run)");
        return ExitCode.OK;
    }
}
