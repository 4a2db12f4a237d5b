package org.mesolith.cli.command.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.command.self.Version;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.scenario.yaml.Nearest;
import org.mesolith.sim.WorldFailure;
import org.mesolith.sim.campaign.Campaign;
import org.mesolith.sim.campaign.Repeat;
import org.mesolith.sim.campaign.Shrinker;
import org.mesolith.sim.campaign.Tally;
import org.mesolith.sim.plan.Fault;
import org.mesolith.sim.plan.FaultKind;
import org.mesolith.sim.plan.FaultPlan;
import org.mesolith.sim.plan.WorldSettings;
import picocli.CommandLine.Option;

/** {@code meso simulate --random}: its options and what it does. */
public final class RandomWorlds {
    private static final int SEEDS_MAX = 1_000_000;
    private static final int UNREST_SECONDS_MAX = 3_600;
    private static final int SHRINK_RUNS_MAX = 300;
    private static final Duration SHRINK_MAX = Duration.ofMinutes(5);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(10);

    /** Fewer seeds need not have met everything. */
    private static final int SEEDS_FOR_COVERAGE = 100;

    private static final WorldSettings USUAL = WorldSettings.smoke(1);

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds (default 1).")
    private int seeds = 1;

    @Option(names = "--seed", paramLabel = "N", description = "The first seed (default 1).")
    private long seed = 1;

    @Option(names = "--masters", paramLabel = "N", description = "Masters of each cluster (default 3).")
    private int masters = USUAL.masters();

    @Option(names = "--agents", paramLabel = "N", description = "Agents of each cluster (default 2).")
    private int agents = USUAL.agents();

    @Option(names = "--frameworks", paramLabel = "N", description = "Frameworks of each cluster (default 3).")
    private int frameworks = USUAL.frameworks();

    @Option(names = "--tasks", paramLabel = "N", description = "Tasks that each framework launches (default 20).")
    private int tasks = USUAL.tasks();

    @Option(
            names = "--unrest",
            paramLabel = "SECONDS",
            description = "Virtual time with faults; then everything must come to its end (default 30).")
    private int unrestSeconds = (int) USUAL.unrest().toSeconds();

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "KIND",
            description = "Kinds of faults (default: all); a wrong one makes the command list them.")
    private List<String> kinds = List.of();

    @Option(
            names = "--only",
            paramLabel = "NUMBERS",
            description = "Only these faults of the plan of a seed, by number, or none: how a small case is repeated.")
    private @Nullable String only;

    @Option(
            names = "--keep-going",
            description = "Names every seed that does not hold instead of looking into the first one.")
    private boolean keepGoing;

    @Option(names = "--trace-lines", paramLabel = "N", description = "Lines of the trace of a failure (default 60).")
    private int traceLines = 60;

    /** Runs the simulations and shows what they came to. */
    int run(Console console) {
        var settings = settings();
        within("--seeds", seeds, SEEDS_MAX);
        long from = System.nanoTime();
        var progress = new Progress(console, seeds, from);
        var campaign = new Campaign(settings, seeds);
        try {
            if (!keepGoing) {
                return held(console, settings, campaign.run(progress::show), secondsSince(from));
            }
            var tally = campaign.runAll(progress::show, failure -> {
                console.out().println("FAIL seed " + failure.settings().seed() + ": " + failure.what());
                console.out().println("repeat: " + Repeat.command(failure.settings()));
            });
            int code = held(console, settings, tally, secondsSince(from));
            return tally.seeds() == seeds ? code : ExitCode.FAILED;
        } catch (WorldFailure failure) {
            return broke(console, failure);
        }
    }

    private WorldSettings settings() {
        within("--masters", masters, WorldSettings.COUNT_MAX);
        within("--agents", agents, WorldSettings.COUNT_MAX);
        within("--frameworks", frameworks, WorldSettings.COUNT_MAX);
        within("--tasks", tasks, WorldSettings.COUNT_MAX);
        within("--unrest", unrestSeconds, UNREST_SECONDS_MAX);
        if (seed < 0 || seed > Long.MAX_VALUE - SEEDS_MAX) {
            throw new Failure(ExitCode.USAGE, "--seed must be 0 to " + (Long.MAX_VALUE - SEEDS_MAX) + ", not " + seed);
        }
        if (traceLines < 0) {
            throw new Failure(ExitCode.USAGE, "--trace-lines must not be negative, and is " + traceLines);
        }
        var unrest = Duration.ofSeconds(unrestSeconds);
        return chosen(new WorldSettings(seed, masters, agents, frameworks, tasks, unrest, kinds(), null));
    }

    private static void within(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new Failure(ExitCode.USAGE, option + " must be 1 to " + max + ", not " + value);
        }
    }

    private List<FaultKind> kinds() {
        var words = Arrays.stream(FaultKind.values()).map(FaultKind::word).toList();
        for (var kind : kinds) {
            if (!words.contains(kind)) {
                throw new Failure(
                        ExitCode.USAGE,
                        "--faults: no fault is called \"" + kind + "\"" + Nearest.hint(kind, words) + "; there are: "
                                + String.join(", ", words));
            }
        }
        return kinds.isEmpty()
                ? USUAL.kinds()
                : kinds.stream().map(FaultKind::parse).distinct().toList();
    }

    /** With only those faults of the plan that were named, if any were. */
    private WorldSettings chosen(WorldSettings all) {
        var text = only;
        if (text == null) {
            return all;
        }
        if (text.equals("none")) {
            return all.withOnly(List.of());
        }
        var planned =
                FaultPlan.of(all).faults().stream().map(Fault::number).sorted().toList();
        var numbers = new ArrayList<Integer>();
        for (var word : text.split(",", -1)) {
            int number = number(word);
            if (!planned.contains(number)) {
                throw new Failure(
                        ExitCode.USAGE,
                        "--only: the plan of seed " + all.seed() + " has no fault " + number + ", it has " + planned);
            }
            numbers.add(number);
        }
        return all.withOnly(numbers);
    }

    private static int number(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException noNumber) {
            throw new Failure(ExitCode.USAGE, "--only must be numbers like 3,9 or none, not `" + word + "`", noNumber);
        }
    }

    private int held(Console console, WorldSettings settings, Tally tally, double seconds) {
        tally.table(settings.kinds()).forEach(console.out()::println);
        tally.deeds().forEach(console.out()::println);
        var missing = tally.missing(settings.kinds());
        boolean all = missing.isEmpty() || tally.seeds() < SEEDS_FOR_COVERAGE;
        console.out()
                .printf(
                        Locale.ROOT,
                        "%d of %d seeds from %d held: %d events (at least %d a seed), %d launches,"
                                + " %d commands refused%n",
                        tally.seeds(),
                        seeds,
                        settings.seed(),
                        tally.events(),
                        tally.eventsMin(),
                        tally.launches(),
                        tally.refused());
        console.err().printf(Locale.ROOT, "# %.0f events a second%n", tally.events() / Math.max(seconds, 0.001));
        if (!missing.isEmpty()) {
            console.out().println((all ? "not met: " : "FAIL: never met: ") + String.join(", ", missing));
        }
        console.out().println("hash " + tally.hash());
        return all ? ExitCode.OK : ExitCode.FAILED;
    }

    private int broke(Console console, WorldFailure found) {
        console.out().println("FAIL seed " + found.settings().seed() + ": " + found.what());
        console.out().println("build " + Version.text() + ", " + Version.commit());
        console.out().println("repeat: " + Repeat.command(found.settings()));
        console.err().println("# looks for a smaller case");
        long from = System.nanoTime();
        var small = Shrinker.shrink(found, SHRINK_RUNS_MAX, () -> secondsSince(from) < SHRINK_MAX.toSeconds());
        console.out().println("smallest: " + small.what());
        console.out()
                .println("found by " + small.rule() + " after " + small.at().toMillis() + " ms of virtual time");
        console.out().println("repeat: " + Repeat.command(small.settings()));
        FaultPlan.of(small.settings()).faults().forEach(fault -> console.out().println("  " + fault));
        var trace = small.trace();
        trace.subList(Math.max(0, trace.size() - traceLines), trace.size()).forEach(console.out()::println);
        return ExitCode.FAILED;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** Says now and then how far it is. */
    private static final class Progress {
        private final Console console;
        private final int seeds;
        private final long from;
        private double shownAt;

        Progress(Console console, int seeds, long from) {
            this.console = console;
            this.seeds = seeds;
            this.from = from;
        }

        void show(Tally tally) {
            double seconds = secondsSince(from);
            if (seconds - shownAt >= PROGRESS_EVERY.toSeconds()) {
                shownAt = seconds;
                console.err()
                        .printf(
                                Locale.ROOT,
                                "# %d of %d seeds, %.0f events a second%n",
                                tally.seeds(),
                                seeds,
                                tally.events() / seconds);
            }
        }
    }
}
