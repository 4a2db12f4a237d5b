package org.mesolith.cli.command.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mesolith.check.Checkers;
import org.mesolith.check.Verdict;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryReader;
import org.mesolith.check.report.RunRow;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Checks a history and says what came of it: a line for each claim, and how many hold. */
final class Verdicts {

    private Verdicts() {}

    static History read(Path file) {
        try {
            return HistoryReader.read(file);
        } catch (IOException unreadable) {
            throw new Failure(
                    ExitCode.USAGE,
                    "cannot read the history " + file + ": " + unreadable.getMessage()
                            + "; give a file that `meso chaos run` wrote",
                    unreadable);
        }
    }

    /** Prints a line of a table of runs, after its head if nobody says what ran; exit code as of {@link #print}. */
    static int row(String commit, History history, Console console) {
        List<Verdict> verdicts = Checkers.check(history);
        if (commit.isEmpty()) {
            console.out().println(RunRow.HEADER);
        }
        console.out().println(RunRow.of(commit, history, verdicts));
        return verdicts.stream().allMatch(Verdict::isGreen) ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Prints the verdicts; the exit code is {@link ExitCode#OK} only if every claim holds. */
    static int print(History history, Console console) {
        List<Verdict> verdicts = Checkers.check(history);
        verdicts.forEach(verdict -> console.out().println(verdict));
        long passed = verdicts.stream().filter(Verdict::isGreen).count();
        console.out().println(passed + " passed, " + (verdicts.size() - passed) + " failed");
        return passed == verdicts.size() ? ExitCode.OK : ExitCode.FAILED;
    }
}
