package org.mesolith.cli.command.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mesolith.check.Checkers;
import org.mesolith.check.report.RunReport;
import org.mesolith.cli.chaos.Controller;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code meso chaos report}. */
@Command(
        description = {
            "Writes one page of a run: its claims, faults, leaders, operations, and each violation with its shortest",
            "history. It needs no network and no other file."
        },
        footer = {"", "Example: meso chaos report chaos-run-1"})
public final class ChaosReport implements Callable<Integer> {
    private static final String PAGE = "report.html";

    private final Console console;

    @Parameters(paramLabel = "DIR", description = "The directory of the run; the page comes to lie there.")
    private Path directory = Path.of("");

    /** The command in these surroundings. */
    public ChaosReport(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        var history = Verdicts.read(directory.resolve(Controller.HISTORY));
        Path page = directory.resolve(PAGE);
        Files.writeString(page, RunReport.html(history, Checkers.check(history)));
        console.out().println(page);
        return ExitCode.OK;
    }
}
