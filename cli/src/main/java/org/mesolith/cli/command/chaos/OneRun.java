package org.mesolith.cli.command.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.bench.Prepare;
import org.mesolith.cli.chaos.Controller;
import org.mesolith.cli.chaos.Profile;
import org.mesolith.cli.chaos.Progress;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.fault.OwnNetwork;

/** One run from its order to its exit code: what {@code run} and {@code replay} have in common. */
final class OneRun {
    /** The program of which this is a command. */
    static final String MAIN = "org.mesolith.cli.CliMain";

    private static final int MINUTES_MAX = 24 * 60;
    private static final int AGENTS = 2;

    private final Console console;

    OneRun(Console console) {
        this.console = console;
    }

    /** A profile for so long; fails with {@link ExitCode#USAGE}. */
    static Profile profile(String name, @Nullable Integer minutes) {
        Profile profile = Profile.named(name);
        if (minutes == null) {
            return profile;
        }
        if (minutes < 1 || minutes > MINUTES_MAX) {
            throw new Failure(ExitCode.USAGE, "--minutes must be 1 to " + MINUTES_MAX);
        }
        return profile.lasting(minutes);
    }

    /**
     * Runs, checks, says what came of it.
     *
     * @param directory new or empty; null for one below the directory for temporary files
     * @param older home of an older installation, or null
     */
    int go(Profile profile, long seed, int masters, @Nullable Path directory, @Nullable Path older) throws IOException {
        if (masters != 3 && masters != 5) {
            throw new Failure(ExitCode.USAGE, "--masters must be 3 or 5");
        }
        if (profile.needs(seed).contains(Ground.Need.PACKETS)) {
            OwnNetwork.enter(MAIN); // Nothing was done yet: it begins anew there.
        }
        Path where = empty(seed, directory);
        Path file;
        try (var progress = new Progress(console.err())) {
            prepare(progress);
            progress.say("profile " + profile.name() + ", seed " + seed + ", " + masters + " masters, in " + where);
            var order = new Controller.Order(profile, seed, masters, AGENTS, where, installation(older));
            file = new Controller(order, progress).run();
            progress.say("checking " + file);
        }
        int exit = Verdicts.print(Verdicts.read(file), console);
        if (exit == ExitCode.OK) {
            Leftovers.delete(where.resolve("cluster"));
        }
        console.err()
                .println("history: " + file
                        + (exit == ExitCode.OK
                                ? ""
                                : "; logs of the processes: " + where.resolve("cluster") + "; `meso chaos report "
                                        + where + "` shows it on a page"));
        return exit;
    }

    /** Claims about time are those of an installation as it is used. */
    private void prepare(Progress progress) {
        var prepare = new Prepare(console);
        if (!prepare.isWanted()) {
            return;
        }
        progress.say("making the start-up caches of this installation first, once: without them processes need three"
                + " times as long until they answer");
        try {
            prepare.make();
        } catch (Failure none) {
            progress.say(none.getMessage() + "; it goes on without them");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static @Nullable Installation installation(@Nullable Path older) {
        try {
            return older == null ? null : new Installation(older);
        } catch (IllegalArgumentException none) {
            throw new Failure(ExitCode.USAGE, "--older: " + none.getMessage());
        }
    }

    /** Where the run takes place: nothing that is there already is touched. */
    static Path empty(long seed, @Nullable Path directory) throws IOException {
        Path wanted = directory == null
                ? Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "mesolith-chaos-" + seed)
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
