package org.mesolith.cli.command.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mesolith.cli.chaos.Controller;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
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

    /** The command in these surroundings. */
    public ChaosCheck(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = Files.isDirectory(history) ? history.resolve(Controller.HISTORY) : history;
        return Verdicts.print(Verdicts.read(file), console);
    }
}
