package org.mesolith.cli.command.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.chaos.Profile;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso chaos run}. */
@Command(
        description = {
            "Starts a cluster of real processes on this machine, uses it, breaks it again and again, and checks",
            "what was recorded. It touches nothing but its own processes and its own directory.",
            "What this machine cannot do is skipped and said. Cutting power, filling disks and",
            "losing packets needs root.",
            "Exit code 0 only if every checker passed and the run meant something."
        },
        footer = {"", "Example: meso chaos run --profile quick --seed 7"})
public final class ChaosRun implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--profile",
            defaultValue = "quick",
            paramLabel = "NAME",
            description = "quick, standard, long, disk, upgrade or membership (default: ${DEFAULT-VALUE}).")
    private String profile = "quick";

    @Option(names = "--seed", paramLabel = "N", description = "The same seed strikes in the same way (default: any).")
    private @Nullable Long seed;

    @Option(names = "--minutes", paramLabel = "M", description = "How long it strikes; else as the profile says.")
    private @Nullable Integer minutes;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "FAULT",
            description = "Strikes with these only, each once; one that is named twice comes twice.")
    private List<String> faults = List.of();

    @Option(
            names = "--masters",
            defaultValue = "3",
            paramLabel = "N",
            description = "3 or 5 (default: ${DEFAULT-VALUE}).")
    private int masters = 3;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "A new or empty directory for the history and the processes (default: mesolith-chaos-SEED "
                    + "below the directory for temporary files).")
    private @Nullable Path directory;

    @Option(
            names = "--older",
            paramLabel = "HOME",
            description = "The installation of an older version, for the fault rolling-upgrade of the profile upgrade: "
                    + "the cluster is started with it.")
    private @Nullable Path older;

    /** The command in these surroundings. */
    public ChaosRun(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        long chosen = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000_000) : seed;
        Profile whole = OneRun.profile(profile, minutes);
        Profile struck = faults.isEmpty() ? whole : whole.striking(faults);
        return new OneRun(console).go(struck, chosen, masters, directory, older);
    }
}
