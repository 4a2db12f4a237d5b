package org.mesolith.cli.command.context;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.ContextFile;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code meso context use}. */
@Command(
        description = "Takes another context for the commands that follow. --context takes one for a single command.",
        footer = {"", "Example: meso context use staging"})
public final class ContextUse implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "CONTEXT", description = "Its name.")
    private String name = "";

    /** The command in these surroundings. */
    public ContextUse(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ContextFile.read(console).using(name).write(console);
        console.err().println("the current context is " + name);
        return ExitCode.OK;
    }
}
