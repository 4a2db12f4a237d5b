package org.mesolith.cli.command.context;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso context set}. */
@Command(
        description = "Remembers the masters for this user, so that --masters can be left out.",
        footer = {"", "Example: meso context set --masters 10.0.0.1:5050,10.0.0.2:5050,10.0.0.3:5050"})
public final class ContextSet implements Callable<Integer> {

    private final Console console;

    @Option(names = "--masters", required = true, paramLabel = "HOST:PORT,…", description = "The masters.")
    private String masters = "";

    /** The command in these surroundings. */
    public ContextSet(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var list = HostPort.parseList(masters);
        if (list.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "--masters names no master; expected HOST:PORT,HOST:PORT,…");
        }
        Path file = MasterList.contextFile(console);
        try {
            MasterList.keep(console, list);
        } catch (IOException failed) {
            throw new Failure(
                    ExitCode.FAILED,
                    "cannot write " + file + ": " + failed
                            + "; make its directory writable, or use MESO_MASTERS instead",
                    failed);
        }
        console.err().println("written to " + file);
        return ExitCode.OK;
    }
}
