package org.mesolith.cli.command.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.History;
import org.mesolith.cli.chaos.Controller;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso chaos check}. */
@Command(
        description = {
            "Checks a recorded history, also one of an older run with the checkers of today.",
            "Needs nothing but the file. Exit code 0 only if every claim holds."
        },
        footer = {"", "Example: meso chaos check chaos-run-1/history.jsonl.gz"})
public final class ChaosCheck implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "HISTORY", description = "The file, or the directory of the run.")
    private Path history = Path.of("");

    @Option(
            names = "--row",
            paramLabel = "COMMIT",
            description = {
                "Prints nothing but one line of tab-separated values, for a table of runs; it begins with",
                "what ran. Before it come the names of the columns if COMMIT is empty."
            })
    private @Nullable String row;

    /** The command in these surroundings. */
    public ChaosCheck(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = Files.isDirectory(history) ? history.resolve(Controller.HISTORY) : history;
        History read = Verdicts.read(file);
        return row == null ? Verdicts.print(read, console) : Verdicts.row(row, read, console);
    }
}
