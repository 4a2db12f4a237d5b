package org.mesolith.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench failover}. */
@Command(
        description = {
            "Takes the leader away again and again and measures how long it takes until the cluster serves.",
            "From the signal to the leader's process to the first accepted write of an outside HTTP client,",
            "to the first offer at a subscribed framework, to the first launch that is accepted and to its",
            "TASK_RUNNING, and until every agent is back. In milliseconds, as tab-separated values on stdout."
        },
        footer = {"", "Example: meso bench failover --rounds 20 > failover.tsv"})
public final class BenchFailover implements Callable<Integer> {

    private static final int UNCOUNTED_ROUNDS = 2;

    private final Console console;

    @Option(names = "--rounds", defaultValue = "20", description = "Counted rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 20;

    @Option(names = "--agents", defaultValue = "2", description = "Agents (default: ${DEFAULT-VALUE}).")
    private int agents = 2;

    @Option(
            names = "--by",
            paramLabel = "WAY",
            defaultValue = "kill",
            description = {
                "How: kill (SIGKILL; started again afterwards), pause (SIGSTOP; SIGCONT afterwards) or",
                "partition (all its connections are cut, for some time) (default: ${DEFAULT-VALUE})."
            })
    private String by = "kill";

    @Option(
            names = "--load",
            paramLabel = "WRITERS",
            defaultValue = "0",
            description = {
                "So many clients write all the time, each 50 times a second at most, and a framework",
                "launches tasks, up to 10 a second; then no round waits until the masters are calm",
                "(default: ${DEFAULT-VALUE}, no load)."
            })
    private int writers;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draws the distributions.")
    private String svg = "";

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the data goes (default: a temporary directory).")
    private String directory = "";

    /** The command in these surroundings. */
    public BenchFailover(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (rounds < 1 || rounds > 1_000 || agents < 1 || agents > 50 || writers < 0 || writers > 64) {
            throw new Failure(ExitCode.USAGE, "--rounds must be 1 to 1000, --agents 1 to 50, --load 0 to 64");
        }
        var spans = new LinkedHashMap<String, Latencies>();
        try (var bench = BenchCluster.start(directory, settings(), console.err());
                var load = writers == 0 ? null : new FailoverLoad(bench.masters(), writers);
                var failover = new Failover(bench, agents, way(), load)) {
            console.err()
                    .println("# " + UNCOUNTED_ROUNDS + " rounds before the first counted one"
                            + (load == null
                                    ? "; a round begins when the masters take less than a quarter of a core"
                                    : "; " + writers + " writers and a framework that launches"));
            console.out()
                    .println("round\tfirst_write_ms\tfirst_offer_ms\tfirst_launch_ms\tfirst_running_ms"
                            + "\tagents_back_ms\telected_by");
            console.out().flush();
            for (int round = 1 - UNCOUNTED_ROUNDS; round <= rounds; round++) {
                Failover.Round measured = failover.round();
                if (round < 1) {
                    continue;
                }
                console.err()
                        .println("# round " + round + " began at " + measured.began()
                                + (measured.calm() || load != null ? "" : ", although the masters were busy"));
                count(spans, measured);
                console.out()
                        .println(String.format(
                                Locale.ROOT,
                                "%d\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%s",
                                round,
                                measured.writeNanos() / 1e6,
                                measured.offerNanos() / 1e6,
                                measured.launchNanos() / 1e6,
                                measured.runningNanos() / 1e6,
                                measured.agentsNanos() / 1e6,
                                measured.electedBy()));
                console.out().flush();
            }
            if (load != null) {
                console.err()
                        .println("# the load: " + load.writes() + " writes accepted, " + load.finished()
                                + " tasks finished");
            }
        }
        spans.forEach(this::summary);
        draw(spans);
        return ExitCode.OK;
    }

    private ClusterProcess.Settings settings() {
        var settings = ClusterProcess.Settings.of(3, agents);
        return way() == Failover.Way.PARTITION ? settings.withWires() : settings;
    }

    private Failover.Way way() {
        return Arrays.stream(Failover.Way.values())
                .filter(way -> way.name().equalsIgnoreCase(by))
                .findFirst()
                .orElseThrow(
                        () -> new Failure(ExitCode.USAGE, "--by must be kill, pause or partition, not `" + by + "`"));
    }

    private static void count(Map<String, Latencies> spans, Failover.Round round) {
        spans.computeIfAbsent("first write", _ -> new Latencies()).add(round.writeNanos());
        spans.computeIfAbsent("first offer", _ -> new Latencies()).add(round.offerNanos());
        spans.computeIfAbsent("first launch", _ -> new Latencies()).add(round.launchNanos());
        spans.computeIfAbsent("first TASK_RUNNING", _ -> new Latencies()).add(round.runningNanos());
        spans.computeIfAbsent("agents back", _ -> new Latencies()).add(round.agentsNanos());
    }

    private void draw(Map<String, Latencies> spans) {
        if (svg.isEmpty()) {
            return;
        }
        try {
            Files.write(
                    Path.of(svg),
                    LinePlot.svg(
                            List.copyOf(spans.keySet()),
                            spans.values().stream().map(Latencies::spread).toList(),
                            "%.0f ms",
                            "%.0f %%"));
        } catch (IOException failed) {
            throw new Failure(ExitCode.FAILED, "cannot write " + svg + ": " + failed, failed);
        }
    }

    private void summary(String what, Latencies spans) {
        console.err()
                .println(String.format(
                        Locale.ROOT,
                        "# %s: median %.0f ms, p95 %.0f ms, max %.0f ms",
                        what,
                        spans.millisAt(0.5),
                        spans.millisAt(0.95),
                        spans.millisAt(1)));
    }
}
