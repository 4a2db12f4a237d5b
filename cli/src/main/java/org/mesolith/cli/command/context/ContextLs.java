package org.mesolith.cli.command.context;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.ContextFile;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso context ls}. */
@Command(
        description = "Lists the contexts of this user: clusters and their masters. A star marks the current one.",
        footer = {"", "Example: meso context ls"})
public final class ContextLs implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "One JSON array: name, masters, current.")
    private boolean json;

    /** The command in these surroundings. */
    public ContextLs(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var file = ContextFile.read(console);
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                file.masters()
                        .forEach((name, masters) -> output.element(JsonObject.of(
                                "name", name, "masters", masters, "current", name.equals(file.current()))));
            }
            return ExitCode.OK;
        }
        var table = Table.of(console, "CURRENT", "CONTEXT", "MASTERS");
        file.masters()
                .forEach((name, masters) ->
                        table.row(name.equals(file.current()) ? "*" : "", name, String.join(",", masters)));
        table.end();
        return ExitCode.OK;
    }
}
