package org.mesolith.cli.command.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.chaos.Controller;
import org.mesolith.cli.chaos.Outside;
import org.mesolith.cli.chaos.Progress;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso chaos test}. */
@Command(
        description = {
            "Uses a running cluster from outside as `meso chaos run` uses its own, and checks what it did. It breaks",
            "nothing: whoever wants to see faults makes them meanwhile. It changes weights, quota, reservations and",
            "the maintenance schedule and runs tasks, so every master must have been started with --throw_away."
        },
        footer = {"", "Example: meso chaos test --against staging --minutes 5"})
public final class ChaosTest implements Callable<Integer> {
    private static final int MINUTES_MAX = 24 * 60;

    private final Console console;

    @Option(
            names = "--against",
            required = true,
            paramLabel = "CONTEXT",
            description = "The cluster, by the name of its context (`meso context ls`), which names all its masters.")
    private String context = "";

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "2",
            description = "How long it is used (default: ${DEFAULT-VALUE}).")
    private int minutes = 2;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "A new or empty directory for the history (default: below that for temporary files).")
    private @Nullable Path directory;

    /** The command in these surroundings. */
    public ChaosTest(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (minutes < 1 || minutes > MINUTES_MAX) {
            throw new Failure(ExitCode.USAGE, "--minutes must be 1 to " + MINUTES_MAX);
        }
        var masters = MasterList.find("", context, console).masters();
        long seed = ThreadLocalRandom.current().nextLong(1_000_000_000);
        Path file;
        try (var progress = new Progress(console.err())) {
            // Looks before anything is made or changed.
            new Outside(masters, Duration.ZERO, Path.of(""), progress).refuseUnlessThrowAway();
            file = OneRun.empty(seed, directory).resolve(Controller.HISTORY);
            progress.say("testing " + masters + " of the context " + context + " for " + minutes + " minutes");
            new Outside(masters, Duration.ofMinutes(minutes), file, progress).run(seed);
            progress.say("checking " + file);
        }
        int exit = Verdicts.print(Verdicts.read(file), console);
        console.err().println("history: " + file);
        return exit;
    }
}
