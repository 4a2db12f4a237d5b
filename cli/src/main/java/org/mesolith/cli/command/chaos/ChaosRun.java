package org.mesolith.cli.command.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.chaos.Controller;
import org.mesolith.cli.chaos.Profile;
import org.mesolith.cli.chaos.Progress;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso chaos run}. */
@Command(
        description = {
            "Starts a cluster of real processes on this machine, uses it, breaks it again and again, and checks",
            "what was recorded. It touches nothing but its own processes and its own directory.",
            "What this machine cannot do is skipped and said; cutting power and filling disks needs root.",
            "Exit code 0 only if every checker passed and the run meant something."
        },
        footer = {"", "Example: meso chaos run --profile quick --seed 7"})
public final class ChaosRun implements Callable<Integer> {
    private static final int MINUTES_MAX = 24 * 60;

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
        Profile chosen = Profile.named(profile);
        if (minutes != null) {
            if (minutes < 1 || minutes > MINUTES_MAX) {
                throw new Failure(ExitCode.USAGE, "--minutes must be 1 to " + MINUTES_MAX);
            }
            chosen = chosen.lasting(minutes);
        }
        if (masters != 3 && masters != 5) {
            throw new Failure(ExitCode.USAGE, "--masters must be 3 or 5");
        }
        long chosenSeed = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000_000) : seed;
        Path where = empty(chosenSeed);
        Path file;
        try (var progress = new Progress(console.err())) {
            progress.say(
                    "profile " + chosen.name() + ", seed " + chosenSeed + ", " + masters + " masters, in " + where);
            file = new Controller(
                            new Controller.Order(chosen, chosenSeed, masters, 2, where, olderInstallation()), progress)
                    .run();
            progress.say("checking " + file);
        }
        int exit = Verdicts.print(Verdicts.read(file), console);
        if (exit == ExitCode.OK) {
            Leftovers.delete(where.resolve("cluster"));
        }
        console.err()
                .println("history: " + file
                        + (exit == ExitCode.OK ? "" : "; logs of the processes: " + where.resolve("cluster")));
        return exit;
    }

    private @Nullable Installation olderInstallation() {
        try {
            return older == null ? null : new Installation(older);
        } catch (IllegalArgumentException none) {
            throw new Failure(ExitCode.USAGE, "--older: " + none.getMessage());
        }
    }

    /** Where the run takes place: nothing that is there already is touched. */
    private Path empty(long chosenSeed) throws IOException {
        Path wanted = directory == null
                ? Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "mesolith-chaos-" + chosenSeed)
                : directory;
        Path where = Files.createDirectories(wanted).toRealPath();
        try (var files = Files.list(where)) {
            if (files.findAny().isPresent()) {
                throw new Failure(
                        ExitCode.USAGE, where + " is not empty; name another directory with --dir, or remove it");
            }
        }
        return where;
    }
}
