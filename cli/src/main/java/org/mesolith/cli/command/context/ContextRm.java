package org.mesolith.cli.command.context;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.ContextFile;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code meso context rm}. */
@Command(
        description = "Forgets a context. The cluster does not hear of it.",
        footer = {"", "Example: meso context rm staging"})
public final class ContextRm implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "CONTEXT", description = "Its name.")
    private String name = "";

    /** The command in these surroundings. */
    public ContextRm(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var left = ContextFile.read(console).without(name);
        left.write(console);
        console.err()
                .println("the context " + name + " is forgotten"
                        + (left.current().isEmpty() ? "; there is no current one now" : ""));
        return ExitCode.OK;
    }
}
