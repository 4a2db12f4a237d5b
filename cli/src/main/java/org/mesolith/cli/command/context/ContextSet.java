package org.mesolith.cli.command.context;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.ContextFile;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso context set}. */
@Command(
        description = {
            "Remembers the masters of a cluster for this user, so that --masters can be left out. Without a name: of",
            "the current context. The first one that is made is the current one; `meso context use` takes another."
        },
        footer = {
            "",
            "Example: meso context set --masters 10.0.0.1:5050,10.0.0.2:5050,10.0.0.3:5050",
            "         meso context set staging --masters 10.1.0.1:5050"
        })
public final class ContextSet implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "CONTEXT", arity = "0..1", description = "A name of your choice; it may be a new one.")
    private String name = "";

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
        var file = ContextFile.read(console);
        String chosen = !name.isEmpty() ? name : file.current().isEmpty() ? ContextFile.DEFAULT : file.current();
        var changed = file.with(chosen, list);
        changed.write(console);
        console.err()
                .println("context " + chosen + " written to " + ContextFile.path(console)
                        + (changed.current().equals(chosen)
                                ? ""
                                : "; " + changed.current() + " stays the current one, `meso context use " + chosen
                                        + "` takes this one"));
        return ExitCode.OK;
    }
}
