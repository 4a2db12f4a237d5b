package org.mesolith.cli.command.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.History;
import org.mesolith.cli.chaos.Controller;
import org.mesolith.cli.chaos.Profile;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso chaos replay}. */
@Command(
        description = {
            "Runs again what was run: the same profile, seed and number of masters, so the same faults in the same",
            "order, on the same kind of victim, for the same time. They are read from the run's history, or given.",
            "What the cluster does meanwhile is its own: a violation may need several tries."
        },
        footer = {
            "",
            "Example: meso chaos replay /tmp/mesolith-chaos-7 --dir /tmp/again",
            "         meso chaos replay --seed 7 --profile standard"
        })
public final class ChaosReplay implements Callable<Integer> {

    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The directory of a run, or its history.")
    private @Nullable Path before;

    @Option(names = "--seed", paramLabel = "N", description = "That of the run, where no RUN is given.")
    private @Nullable Long seed;

    @Option(names = "--profile", paramLabel = "NAME", description = "That of the run, where no RUN is given: quick.")
    private @Nullable String profile;

    @Option(names = "--minutes", paramLabel = "M", description = "How long it strikes; else as long as before.")
    private @Nullable Integer minutes;

    @Option(names = "--masters", paramLabel = "N", description = "Those of the run, where no RUN is given: 3.")
    private @Nullable Integer masters;

    @Option(names = "--dir", paramLabel = "DIR", description = "A new or empty directory, as for `meso chaos run`.")
    private @Nullable Path directory;

    @Option(names = "--older", paramLabel = "HOME", description = "As for `meso chaos run`.")
    private @Nullable Path older;

    /** The command in these surroundings. */
    public ChaosReplay(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path run = before;
        if (run == null) {
            Long given = seed;
            if (given == null) {
                throw new Failure(ExitCode.USAGE, "name the directory of a run, or give its --seed");
            }
            String name = profile == null ? "quick" : profile;
            int count = masters == null ? 3 : masters;
            return new OneRun(console).go(OneRun.profile(name, minutes), given, count, directory, older);
        }
        if (seed != null || profile != null || masters != null) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--seed, --profile and --masters are read from the run; leave them out, or leave " + run + " out");
        }
        History history = Verdicts.read(Files.isDirectory(run) ? run.resolve(Controller.HISTORY) : run);
        long found = history.setting("seed", -1);
        if (found < 0) {
            throw new Failure(ExitCode.USAGE, run + " does not say its seed: it was not written by `meso chaos run`");
        }
        long before = history.setting("minutes", 0);
        Integer lasting = minutes != null ? minutes : before > 0 ? Integer.valueOf((int) before) : null;
        Profile again = OneRun.profile(history.setting("profile"), lasting);
        return new OneRun(console).go(again, found, (int) history.setting("masters", 3), directory, older);
    }
}
