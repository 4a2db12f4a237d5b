package org.mesolith.cli.command.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.chaos.RunMark;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.Leftovers;
import org.mesolith.process.fault.UndoList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso chaos clean}. */
@Command(
        description = {
            "Cleans up after runs whose controller died before it could: ends their processes, undoes what they did to",
            "the machine (file systems, control groups), removes their directories. Runs that go on, runs that ended,",
            "and everything that no run has marked as its own, are left alone."
        },
        footer = {"", "Example: meso chaos clean /tmp"})
public final class ChaosClean implements Callable<Integer> {

    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The directory of a run, or one with such directories (default: that for temporary files).")
    private @Nullable Path place;

    @Option(names = "--dry-run", description = "Only say what would be cleaned.")
    private boolean dryRun;

    /** The command in these surroundings. */
    public ChaosClean(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        int cleaned = 0;
        int failed = 0;
        for (Path directory : marked()) {
            RunMark mark = RunMark.of(directory);
            if (mark == null || mark.isAlive()) {
                console.err().println(directory + ": its run goes on; left alone");
                continue;
            }
            try {
                clean(directory);
                cleaned++;
            } catch (IOException | IllegalStateException inTheWay) {
                console.err().println(directory + ": " + inTheWay.getMessage());
                failed++;
            }
        }
        console.out().println(cleaned + (dryRun ? " to be cleaned, " : " cleaned, ") + failed + " failed");
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void clean(Path directory) throws IOException {
        List<ProcessHandle> processes = Leftovers.marked(RunMark.VARIABLE, directory);
        console.err()
                .println(directory + ": " + processes.size() + " processes"
                        + (dryRun ? "" : "; they are ended, and the directory is removed"));
        if (!dryRun) {
            Leftovers.killMarked(RunMark.VARIABLE, directory);
            new UndoList(directory).undo().forEach(line -> console.err().println("  " + line));
            Leftovers.delete(directory);
        }
    }

    /** The place itself if a run has marked it, else what runs have marked right below it. */
    private List<Path> marked() {
        Path where = place == null ? Path.of(System.getProperty("java.io.tmpdir", "/tmp")) : place;
        try {
            Path real = where.toRealPath();
            if (RunMark.of(real) != null) {
                return List.of(real);
            }
            var found = new ArrayList<Path>();
            try (var below = Files.newDirectoryStream(real)) {
                for (Path one : below) {
                    if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS) && RunMark.of(one) != null) {
                        found.add(one);
                    }
                }
            }
            return found;
        } catch (IOException unreadable) {
            throw new Failure(
                    ExitCode.USAGE,
                    "cannot look into " + where + ": " + unreadable.getMessage()
                            + "; name the directory of a run, or one that holds such",
                    unreadable);
        }
    }
}
